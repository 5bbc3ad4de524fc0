"""The completion scripts.

The scripts only ask partyctl for candidates, so they stay valid when partyctl is upgraded.
"""

from enum import StrEnum
from pathlib import Path

MARK = "partyctl completion"
"""The text by which `completion --install` recognises its own file; every script contains it."""

BASH = r"""# partyctl completion: bash
_partyctl() {
    local line
    COMPREPLY=()
    while IFS= read -r line; do
        if [[ ${line%%$'\t'*} == :files ]]; then
            compopt -o default 2>/dev/null
            return
        fi
        COMPREPLY+=("${line%%$'\t'*}")
    done < <(
        IFS=$'\n'
        export PARTYCTL_COMPLETE=bash PARTYCTL_WORDS="${COMP_WORDS[*]:1:COMP_CWORD}"
        partyctl </dev/null 2>/dev/null
    )
}
complete -F _partyctl partyctl
"""
ZSH = r"""#compdef partyctl
# partyctl completion: zsh
_partyctl() {
    local line
    local -a found
    for line in "${(@f)$(PARTYCTL_COMPLETE=zsh PARTYCTL_WORDS="${(pj:\n:)words[2,CURRENT]}" \
            partyctl </dev/null 2>/dev/null)}"; do
        if [[ ${line%%$'\t'*} == :files ]]; then
            _files
            return
        fi
        [[ -n $line ]] && found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}")
    done
    _describe -V partyctl found -S ''
}
if [[ ${funcstack[1]} == _partyctl ]]; then
    _partyctl "$@"
else
    compdef _partyctl partyctl
fi
"""
FISH = r"""# partyctl completion: fish
function __partyctl_complete
    set -l typed (commandline -opc)
    set -l current (commandline -ct)
    set -lx PARTYCTL_COMPLETE fish
    set -lx PARTYCTL_WORDS ""
    for word in $typed[2..-1]
        set PARTYCTL_WORDS $PARTYCTL_WORDS$word\n
    end
    set PARTYCTL_WORDS $PARTYCTL_WORDS"$current"
    set -l found (partyctl </dev/null 2>/dev/null)
    if string match -q -- ':files*' $found[1]
        __fish_complete_path (commandline -ct)
    else
        printf '%s\n' $found
    end
end
complete -c partyctl -f -k -a '(__partyctl_complete)'
"""


class Shell(StrEnum):
    """A shell for which there is a script."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


SCRIPTS = {Shell.BASH: BASH, Shell.ZSH: ZSH, Shell.FISH: FISH}


def place_of(shell: Shell, data: Path, config: Path) -> Path:
    """Return the path at which a shell expects this user's completion script."""
    return {
        Shell.BASH: data / "bash-completion" / "completions" / "partyctl",
        Shell.ZSH: data / "zsh" / "site-functions" / "_partyctl",
        Shell.FISH: config / "fish" / "completions" / "partyctl.fish",
    }[shell]
