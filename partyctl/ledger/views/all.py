"""All views: one for each kind of fact, and three for the roles of people and bodies.

Views contain no data, so `migrate` drops them and creates them again from the SQL in this package.
Voided records are not facts, and only democratic-life meetings are facts before they are held. A
view of facts has the nine columns of `law.engine.facts.Fact`. Each field of the fact's value (see
`law.engine.values`) has a further column, with the same name as the field. A view of roles has the
fields of `Spell` as columns, except the last field of `Spell`, because `law.admission.outcomes`
decides the value of that field. A test compares the columns of each view with these fields.
"""

from partyctl.ledger.views.admission import ADMISSION_VIEWS
from partyctl.ledger.views.dues import DUES_VIEWS
from partyctl.ledger.views.group import GROUP_VIEWS
from partyctl.ledger.views.life import LIFE_VIEWS
from partyctl.ledger.views.meetings import MEETING_VIEWS
from partyctl.ledger.views.roles import COLUMNS, ROLE_VIEWS

FACTS = MEETING_VIEWS | DUES_VIEWS | LIFE_VIEWS | ADMISSION_VIEWS | GROUP_VIEWS

VIEWS = {
    **{name: f"CREATE VIEW {name} AS{select.rstrip()}" for name, select in FACTS.items()},
    **{
        name: f"CREATE VIEW {name} ({COLUMNS}) AS{select.rstrip()}"
        for name, select in ROLE_VIEWS.items()
    },
}
