"""Fixed lists of the method: keys are those of the domain's method file, labels are translated."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IndicatorKind(models.TextChoices):
    """Measurable and noticeable weigh the same."""

    MEASURABLE = "meetbaar", _("Measurable")
    NOTICEABLE = "merkbaar", _("Noticeable")


class ProposalState(models.TextChoices):
    """How far a proposal for the library is."""

    WAITING = "waiting", _("Waiting for POS")
    RETURNED = "returned", _("Back with remarks")
    ACCEPTED = "accepted", _("In the library")
    DECLINED = "declined", _("Not taken up")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Direction(models.TextChoices):
    """Which way is better."""

    UP = "omhoog", _("Up")
    DOWN = "omlaag", _("Down")
    STABLE = "gelijk", _("Stays the same")
    BAND = "binnen_bandbreedte", _("Within a band")


class Unit(models.TextChoices):
    """In what an indicator is expressed."""

    PERCENT = "procent", _("percent")
    NUMBER = "aantal", _("number")
    PER_1000 = "per_1000_leerlingen", _("per 1,000 pupils")
    WEEKS = "weken", _("weeks")
    DAYS = "dagen", _("days")
    EURO = "euro", _("euro")
    SCORE = "score_1_5", _("score from 1 to 5")
    SCALE = "schaal_1_4", _("scale from 1 to 4")
    STORY = "verhaal", _("story")
    YES_NO = "ja_nee", _("yes or no")


class Frequency(models.TextChoices):
    """How often an indicator is measured."""

    MONTH = "per_maand", _("Every month")
    QUARTER = "per_kwartaal", _("Every quarter")
    HALF_YEAR = "per_halfjaar", _("Twice a year")
    YEAR = "per_jaar", _("Every year")
    PLAN = "per_planperiode", _("Once per plan period")


class Level(models.TextChoices):
    """Who is responsible."""

    SWV = "swv", _("SWV")
    BOARD = "bestuur", _("School board")
    SCHOOL = "school", _("School")


class Phase(models.TextChoices):
    """When in the cycle a question is asked."""

    START = "start", _("At the start")
    PROGRESS = "voortgang", _("On the way")
    EVALUATION = "evaluatie", _("Looking back")


class ResourceKind(models.TextChoices):
    """What money is spent on."""

    BASIC_SUPPORT = "middelen_basisondersteuning", _("Resources for basic support (to boards or schools)")
    ARRANGEMENTS = "arrangementen", _("Support packages and additional support")
    SPECIALISED = "bekostiging_gespecialiseerd", _("Transfer to specialised education")
    CARE = "onderwijszorgarrangement", _("Education-care arrangements")
    STAFF_SWV = "personeel_swv", _("Staff of the samenwerkingsverband")
    STAFF_SCHOOL = "personeel_school", _("Staff of the school")
    ADVICE = "deskundigenadvies", _("Expert advice and assessment")
    TRAINING = "scholing", _("Training and learning networks")
    SUPPORT_POINT = "ouder_jeugdsteunpunt_budget", _("Parent and youth support point")
    ICT = "ict_en_data", _("ICT and data")
    COMMUNICATION = "communicatie", _("Communication")
    HIRING = "externe_inhuur", _("External hiring")
    HOUSING = "huisvesting", _("Housing and furnishing")
    MUNICIPALITY = "gemeentelijke_cofinanciering", _("Contribution of the municipality")
    RESERVES = "reserves_bestedingsplan", _("Reserves according to the spending plan")
    LUMPSUM = "lumpsum_school", _("Own means of the board (lumpsum)")


class IndicatorSource(models.TextChoices):
    """Where the figures or observations come from."""

    DUO_OPEN = "duo_leerlingaantallen", _("DUO open data, pupil numbers (census date 1 February)")
    DUO_CLOSED = "duo_kijkglas", _("DUO overviews for samenwerkingsverbanden (closed)")
    DASHBOARD = "dashboard_passend_onderwijs", _("Dashboard Passend Onderwijs / Vensters")
    ABSENCE_REGISTER = "verzuimregister", _("Absence register and attendance count")
    ABSENCE_TABLE = "thuiszitterstafel", _("Register of the consultation on pupils out of school")
    ADMISSION = "tlv_registratie", _("Register of admissibility and allocation")
    ARRANGEMENT_REGISTER = "arrangementen_registratie", _("Register of support packages")
    SUPPORT_OFFER = "school_ondersteuningsaanbod", _("Description of the support offer (school guide)")
    DEMAND_SUPPLY = "vraag_aanbod_overzicht", _("Overview of demand and supply in the region")
    SELF_EVALUATION = "zelfevaluatie_basisondersteuning", _("Self-evaluation of basic support")
    SCHOOL_POLL = "peiling_scholen", _("Poll among schools")
    PARTNER_POLL = "peiling_partners", _("Poll among partners")
    PARENT_SURVEY = "tevredenheidsonderzoek_ouders", _("Satisfaction survey of parents and pupils")
    SUPPORT_POINT = "ouder_jeugdsteunpunt", _("Parent and youth support point")
    SIGNALS = "signalenoverzicht", _("Overview of signals")
    PUPIL_PANEL = "leerlingenpanel", _("Pupil panel")
    PUPIL_TALK = "leerlinggesprek", _("Conversations with pupils")
    PARENT_TALK = "oudergesprek", _("Conversations with parents")
    PUPIL_TRACKING = "leerlingvolgsysteem", _("Pupil tracking system (numbers only)")
    FILE_SAMPLE = "dossiersteekproef", _("Sample of files (numbers only)")
    LESSON_VISIT = "lesbezoek", _("Lesson visit")
    TRANSFER = "overdrachtsregistratie", _("Register of transfers from po to vo")
    PARTICIPANTS = "deelnemersregistratie", _("Register of participants in training and networks")
    HOURS = "urenregistratie_swv", _("Time registration of the SWV")
    FINAL_TALK = "eindgesprek_traject", _("Final conversation of a support trajectory")
    CARE_EVALUATION = "evaluatie_oza", _("Evaluation of education-care arrangements")
    CONTRACTS = "contractregister", _("Register of agreements and contracts")
    MUNICIPAL_REPORT = "gemeente_rapportage", _("Report of the municipality or youth care")
    ACCOUNTS = "financiele_administratie", _("Financial administration")
    ANNUAL_ACCOUNTS = "jaarrekening", _("Annual accounts")
    SCHOOL_CONVERSATION = "schoolgesprek_verslag", _("Report of a school conversation")
    BOARD_CONVERSATION = "bestuursgesprek_verslag", _("Report of a board conversation")
    COUNCIL_REPORT = "opr_verslag", _("Report of the support plan council")
    CONVERSATION_REVIEW = "gespreksevaluatie", _("Evaluation after a conversation")
    PLATFORM_MONEY = "platform_middelenoverzicht", _("This platform: resources per goal")
    PLATFORM_CONVERSATIONS = "platform_gesprekken", _("This platform: conversations and agreements")
    OTHER = "anders", _("Another source")
