"""Organisations of passend onderwijs, how they belong together, and who works there."""

import uuid
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lnpo.request_memory import once_per_request
from lnpo.topics.models import Sector

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from lnpo.accounts.models import User


def today() -> date:
    """Today in Europe/Amsterdam: dates of links and memberships are Dutch calendar days."""
    return timezone.localdate()


def in_force(on: date, prefix: str = "") -> Q:
    """The condition that a dated row holds on ``on``; both ends are inclusive, open ends allowed."""
    starts, ends = f"{prefix}starts_on", f"{prefix}ends_on"
    return (Q(**{f"{starts}__isnull": True}) | Q(**{f"{starts}__lte": on})) & (
        Q(**{f"{ends}__isnull": True}) | Q(**{f"{ends}__gte": on})
    )


class OrganisationKind(models.TextChoices):
    """What an organisation is; "schoolbestuur" is "bevoegd gezag" in the law."""

    SWV = "swv", _("samenwerkingsverband")
    BOARD = "board", _("school board")
    SCHOOL = "school", _("school")
    OTHER = "other", _("other organisation")


class SecondFactorRule(models.TextChoices):
    """Of whom an organisation asks a second step when they sign in."""

    NOBODY = "", _("Nobody")
    MANAGERS = "managers", _("Managers")
    ALL = "all", _("Everybody with access")


class OrganisationQuerySet(models.QuerySet["Organisation"]):
    """Set rules of organisations."""

    def current(self, on: date | None = None) -> Self:
        """Organisations that exist on ``on`` (today): those that were not closed or merged before."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on or today()))

    def called(self, text: str) -> Self:
        """Organisations with ``text`` in the name, a former name, the place, or as a code."""
        words = " ".join(text.replace("\x00", "").split())[:100]
        if not words:
            return self
        code = words.replace(" ", "").replace("-", "").upper()
        former = FormerName.objects.filter(name__icontains=words).values("organisation")
        coded = OrganisationCode.objects.filter(value__startswith=code).values("organisation")
        return self.filter(
            Q(name__icontains=words) | Q(place__icontains=words) | Q(pk__in=former) | Q(pk__in=coded)
        )

    def managed_by(self, user: "User | AnonymousUser", on: date | None = None) -> Self:
        """Organisations of which ``user`` is a manager on ``on`` (today)."""
        managing = Membership.objects.of_user(user).current(on).filter(access_role=AccessRole.MANAGER)
        return self.filter(pk__in=managing.values("organisation"))

    def under(self, parents: models.QuerySet["Organisation"], on: date | None = None) -> Self:
        """Boards and schools that belong to one of ``parents`` on ``on`` (today), also through a board."""
        links = OrganisationLink.objects.current(on)
        first = links.filter(parent__in=parents.values("pk")).values("child")
        second = links.filter(parent__in=first).values("child")
        return self.filter(Q(pk__in=first) | Q(pk__in=second))

    def of_member(self, user: "User | AnonymousUser", on: date | None = None) -> Self:
        """Organisations in which ``user`` has a membership in force on ``on`` (today)."""
        return self.filter(pk__in=Membership.objects.of_user(user).current(on).values("organisation"))

    def visible_to(self, user: "User | AnonymousUser") -> Self:
        """The directory: POS sees all; a member sees all organisations of the network; a visitor none."""
        if not user.is_authenticated:
            return self.none()
        if user.is_pos:
            return self
        return self.filter(named_by_guest=False) if memberships_of(user) else self.none()


class Organisation(models.Model):
    """A samenwerkingsverband, school board, school, or another party in the network."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(_("kind"), max_length=10, choices=OrganisationKind)
    name = models.CharField(_("name"), max_length=200)
    sector = models.CharField(_("sector"), max_length=5, choices=Sector, blank=True)
    region = models.CharField(_("region"), max_length=120, blank=True)
    place = models.CharField(_("place"), max_length=120, blank=True)
    website = models.URLField(_("website"), blank=True)
    pupils = models.PositiveIntegerField(_("number of pupils"), null=True, blank=True)
    school_type = models.CharField(_("school type"), max_length=80, blank=True)
    ends_on = models.DateField(_("exists up to and including"), null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="merged_from",
        verbose_name=_("went on as"),
    )
    second_factor = models.CharField(
        _("second step when signing in"),
        max_length=10,
        choices=SecondFactorRule,
        default=SecondFactorRule.NOBODY,
        blank=True,
        editable=False,
    )
    named_by_guest = models.BooleanField(
        _("named by a guest"),
        default=False,
        editable=False,
        help_text=_("Written by a guest at a session; members do not see it in the directory."),
    )
    created_at = models.DateTimeField(auto_now_add=True, editable=False)

    objects = OrganisationQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")

    def __str__(self) -> str:
        return self.name

    @property
    def has_ended(self) -> bool:
        """Whether its last day lies behind us; until then it works as any other."""
        return self.ends_on is not None and self.ends_on < today()


class FormerName(models.Model):
    """A name that an organisation had, up to and including a day; people keep looking for it."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="former_names", verbose_name=_("organisation")
    )
    name = models.CharField(_("name"), max_length=200)
    until = models.DateField(_("up to and including"))

    class Meta:
        ordering = ["-until", "name"]
        verbose_name = _("former name")
        verbose_name_plural = _("former names")

    def __str__(self) -> str:
        return self.name


class CodeScheme(models.TextChoices):
    """Which register a code comes from."""

    SWV = "swv", _("SWV code")
    BOARD = "board", _("board number")
    LOCATION = "location", _("school location code")
    KVK = "kvk", _("Chamber of Commerce number")


class OrganisationCode(models.Model):
    """A code by which a register knows an organisation; one organisation may have several."""

    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="codes", verbose_name=_("organisation")
    )
    scheme = models.CharField(_("register"), max_length=10, choices=CodeScheme)
    value = models.CharField(_("code"), max_length=20)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scheme", "value"], name="one_organisation_per_code")]
        ordering = ["scheme", "value"]
        verbose_name = _("organisation code")
        verbose_name_plural = _("organisation codes")

    def __str__(self) -> str:
        return self.value


class LinkQuerySet(models.QuerySet["OrganisationLink"]):
    """Set rules of links."""

    def current(self, on: date | None = None) -> Self:
        """Links in force on ``on`` (today)."""
        return self.filter(in_force(on or today()))


class OrganisationLink(models.Model):
    """``child`` belongs to ``parent``: board or school to an SWV, school to a board; dated.

    A board may belong to several SWV's, so that of a school cannot be derived from its board.
    """

    parent = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="child_links", verbose_name=_("part of")
    )
    child = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="parent_links", verbose_name=_("organisation")
    )
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("up to and including"), null=True, blank=True)

    objects = LinkQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["parent", "child", "starts_on"], name="one_link_per_start"),
            models.CheckConstraint(condition=~Q(parent=models.F("child")), name="no_link_to_itself"),
        ]
        verbose_name = _("link between organisations")
        verbose_name_plural = _("links between organisations")

    def __str__(self) -> str:
        return f"{self.child} – {self.parent}"


class JobRole(models.TextChoices):
    """What somebody does; the keys are those of the method file of the domain."""

    SWV_DIRECTOR = "directeur_swv", _("Director of a samenwerkingsverband")
    QUALITY_OFFICER = "kwaliteitsmedewerker", _("Quality officer")
    CONTROLLER = "controller", _("Controller or operations")
    CONSULTANT = "consulent", _("Support consultant")
    BOARD_EXECUTIVE = "schoolbestuurder", _("School board executive")
    BOARD_POLICY = "beleidsmedewerker_bestuur", _("Policy officer of a board")
    HEAD_TEACHER = "schooldirecteur", _("Head teacher or team leader")
    SUPPORT_COORDINATOR = "ib_of_ondersteuningscoordinator", _("Support coordinator")
    SUPERVISOR = "intern_toezicht", _("Internal supervision")
    COUNCIL_MEMBER = "opr_lid", _("Member of the support plan council")
    OTHER = "anders", _("Another role")


class AccessRole(models.TextChoices):
    """What somebody may do in the workspace of the organisation."""

    OBSERVER = "observer", _("Observer: sees what is shared")
    READER = "reader", _("Reader: sees the workspace")
    CONTRIBUTOR = "contributor", _("Contributor: works in the workspace")
    MANAGER = "manager", _("Manager: also decides who has access")


class MembershipQuerySet(models.QuerySet["Membership"]):
    """Set rules of memberships."""

    def current(self, on: date | None = None) -> Self:
        """Memberships that give access on ``on`` (today): in force by date and not revoked."""
        return self.filter(in_force(on or today()), revoked_at__isnull=True)

    def not_over(self, on: date | None = None) -> Self:
        """Memberships that give access on ``on`` (today), or will from a later day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on or today()), revoked_at__isnull=True)

    def of_user(self, user: "User | AnonymousUser") -> Self:
        """Memberships of one person; none for a visitor or a closed account."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        return self.filter(user=user)


class Membership(models.Model):
    """Person × organisation × job role × access role, dated. Never deleted: it ends.

    ``ends_on`` is inclusive: the day after, access is gone without any job having run.
    ``revoked_at`` works at once: the next request is refused.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, related_name="memberships", verbose_name=_("person")
    )
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("organisation")
    )
    job_role = models.CharField(_("job role"), max_length=40, choices=JobRole)
    access_role = models.CharField(
        _("access role"), max_length=12, choices=AccessRole, default=AccessRole.READER
    )
    starts_on = models.DateField(_("from"), default=today)
    ends_on = models.DateField(_("up to and including"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True, blank=True, editable=False)
    stands_in_for = models.ForeignKey(
        "accounts.User",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="deputies",
        verbose_name=_("stands in for"),
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(ends_on__isnull=True, revoked_at__isnull=True),
                name="one_open_membership",
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=models.F("starts_on")),
                name="membership_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(stands_in_for__isnull=True) | Q(ends_on__isnull=False),
                name="deputy_has_a_last_day",
            ),
        ]
        indexes = [models.Index(fields=["user", "organisation"])]
        ordering = ["organisation__name"]
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")

    def __str__(self) -> str:
        return f"{self.user}, {self.organisation}"

    @property
    def is_over(self) -> bool:
        """Whether it was revoked, or its last day lies behind us."""
        return self.revoked_at is not None or (self.ends_on is not None and self.ends_on < today())

    @property
    def is_current(self) -> bool:
        """Whether it gives access today."""
        return not self.is_over and (self.starts_on is None or self.starts_on <= today())


def memberships_of(user: "User | AnonymousUser") -> list[Membership]:
    """What gives ``user`` access today, each with its organisation; asked once per page that is read."""
    if not user.is_authenticated:
        return []

    def read() -> list[Membership]:
        return list(Membership.objects.of_user(user).current().select_related("organisation"))

    return once_per_request(("memberships", user.pk), read)
