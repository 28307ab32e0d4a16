"""What happens to the use of examples when two organisations merge."""

from knowledge.models import Usage, UsageChange
from lnpo.organisations.merging import carries_over
from lnpo.organisations.models import Organisation


@carries_over("knowledge.usage", "organisation")
def carry_usage(ending: Organisation, going_on: Organisation) -> None:
    """Who used an example goes on using it; where both did, one row goes on with the history of both."""
    for row in Usage.objects.filter(organisation=ending):
        same = Usage.objects.filter(organisation=going_on, page=row.page_id).first()
        if same is None:
            Usage.objects.filter(pk=row.pk).update(organisation=going_on)
        else:
            UsageChange.objects.filter(usage=row).update(usage=same)
            row.delete()
