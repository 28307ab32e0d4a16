"""Forms that change how organisations belong together: merge two, take in a list."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lnpo.organisations.entry_forms import note_field
from lnpo.organisations.models import Organisation
from lnpo.ui.tables import MOST_BYTES


class MergeForm(forms.Form):
    """In which organisation this one goes on, and why."""

    going_on = forms.ModelChoiceField(
        label=_("Goes on as"),
        queryset=Organisation.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
    )
    reason = note_field(_("Reason"), required=True)

    def __init__(self, data: Any, *, organisation: Organisation, searching: bool) -> None:
        self.text = (data or {}).get("q", "").replace("\x00", "").strip()[:100]
        super().__init__(None if searching else data)
        candidates = Organisation.objects.current().filter(kind=organisation.kind).exclude(pk=organisation.pk)
        found = candidates.called(self.text)[:20] if self.text else candidates.none()
        field = self.fields["going_on"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = candidates.filter(pk__in=[one.pk for one in found])
        self.has_candidates = bool(found)


class ManyFilesInput(forms.ClearableFileInput):
    """A control for more than one file."""

    allow_multiple_selected = True
    template_name = "django/forms/widgets/file.html"


class ManyFilesField(forms.FileField):
    """One to six files."""

    widget = ManyFilesInput

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Each file on its own."""
        files = data if isinstance(data, list | tuple) and data else [data or None]
        if len(files) > 6:
            raise ValidationError(gettext("Send at most six files at once."))
        return [super(ManyFilesField, self).clean(file, initial) for file in files]


class ImportForm(forms.Form):
    """The files, and for which samenwerkingsverband they are."""

    partnership_choice = forms.ModelChoiceField(
        label=_("For"), queryset=Organisation.objects.none(), required=False
    )
    lists = ManyFilesField(
        label=_("Files"),
        help_text=_("CSV or XLSX, at most 10 MB each. You may choose several at once."),
        allow_empty_file=True,
    )

    def __init__(
        self, *args: Any, partnerships: list[Organisation], whole_network: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.partnerships, self.whole_network = partnerships, whole_network
        field = self.fields["partnership_choice"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Organisation.objects.filter(pk__in=[one.pk for one in partnerships])
        field.empty_label = gettext("The whole network") if whole_network else None
        field.required = not whole_network
        if not partnerships or (len(partnerships) == 1 and not whole_network):
            del self.fields["partnership_choice"]

    def clean_lists(self) -> Any:
        """Refuse what is too large before it is read."""
        for file in self.cleaned_data["lists"]:
            if file.size > MOST_BYTES:
                raise ValidationError(
                    gettext("This is too large: at most %(megabytes)s MB.")
                    % {"megabytes": MOST_BYTES // 1024 // 1024}
                )
        return self.cleaned_data["lists"]

    def contents(self) -> list[tuple[str, bytes]]:
        """Names and bytes."""
        return [(file.name, file.read()) for file in self.cleaned_data["lists"]]

    def partnership(self) -> Organisation | None:
        """For whom; ``None`` is the whole network."""
        if "partnership_choice" in self.fields:
            chosen: Organisation | None = self.cleaned_data["partnership_choice"]
            return chosen
        return None if self.whole_network else self.partnerships[0]
