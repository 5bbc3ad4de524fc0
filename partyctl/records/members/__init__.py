"""Record members, their posts and sanctions, branches and cells."""
