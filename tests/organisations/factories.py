"""Factories for organisations, their links and memberships."""

import factory

from lnpo.accounts.models import User
from lnpo.organisations.models import (
    AccessRole,
    JobRole,
    Membership,
    Organisation,
    OrganisationKind,
    OrganisationLink,
)


class UserFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"person{n}@example.org")
    first_name = "Person"
    last_name = factory.Sequence(lambda n: f"Number {n}")


class OrganisationFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Organisation

    kind = OrganisationKind.SWV
    name = factory.Sequence(lambda n: f"SWV number {n}")

    class Params:
        board = factory.Trait(
            kind=OrganisationKind.BOARD, name=factory.Sequence(lambda n: f"Board number {n}")
        )
        school = factory.Trait(
            kind=OrganisationKind.SCHOOL, name=factory.Sequence(lambda n: f"School number {n}")
        )


class LinkFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = OrganisationLink

    parent = factory.SubFactory(OrganisationFactory)
    child = factory.SubFactory(OrganisationFactory, board=True)


class MembershipFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Membership

    user = factory.SubFactory(UserFactory)
    organisation = factory.SubFactory(OrganisationFactory)
    job_role = JobRole.QUALITY_OFFICER
    access_role = AccessRole.CONTRIBUTOR
