"""The names of everything that the graphs are written with: the base, the namespaces and the closed vocabulary `REC`.

`REC` holds exactly the terms of ontology/core/*.ttl (a test compares them). A misspelt term is an error of the type
checker and an AttributeError when it runs. `OA` is the part of the Web Annotation vocabulary that the evidence uses;
the other external vocabularies are rdflib's closed namespaces.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeVar

from rdflib import URIRef

BASE: Final = "http://localhost:8000/"
DEF: Final = f"{BASE}def/"
OA_NAMESPACE: Final = "http://www.w3.org/ns/oa#"
CITO_NAMESPACE: Final = "http://purl.org/spar/cito/"
DOCO_NAMESPACE: Final = "http://purl.org/spar/doco/"
ELI_NAMESPACE: Final = "http://data.europa.eu/eli/ontology#"
ELI_DL_NAMESPACE: Final = "http://data.europa.eu/eli/eli-draft-legislation-ontology#"
UNDO_NAMESPACE: Final = "https://w3id.org/un/ontology/undo/"

ONTOLOGY: Final = URIRef(DEF)

Vocabulary = TypeVar("Vocabulary", bound=type)


def _closed(namespace: str) -> Callable[[Vocabulary], Vocabulary]:
    """A decorator that gives each annotated name of a class its IRI in the namespace."""

    def fill(vocabulary: Vocabulary) -> Vocabulary:
        for name in vocabulary.__annotations__:
            setattr(vocabulary, name, URIRef(namespace + name))
        return vocabulary

    return fill


def terms(vocabulary: type) -> dict[str, URIRef]:
    """The terms of a closed vocabulary by name, in the order in which they are declared."""
    return {name: getattr(vocabulary, name) for name in vocabulary.__annotations__}


@_closed(OA_NAMESPACE)
class OA:
    """Web Annotation: the terms of the evidence graphs."""

    Annotation: URIRef
    SpecificResource: URIRef
    TextPositionSelector: URIRef
    TextQuoteSelector: URIRef
    end: URIRef
    exact: URIRef
    hasBody: URIRef
    hasSelector: URIRef
    hasSource: URIRef
    hasTarget: URIRef
    motivatedBy: URIRef
    prefix: URIRef
    start: URIRef
    suffix: URIRef


@_closed(DEF)
class REC:
    """The project's own vocabulary, module by module as in ontology/core/."""

    # work.ttl
    Document: URIRef
    Goal: URIRef
    Instrument: URIRef
    Target: URIRef
    Work: URIRef
    addendumTo: URIRef
    adoptedIn: URIRef
    issuedBy: URIRef
    issuedJointlyWith: URIRef
    revisionOf: URIRef
    symbol: URIRef
    targetOf: URIRef
    title: URIRef
    treatySeries: URIRef
    year: URIRef

    # report.ttl
    Chapter: URIRef
    Footnote: URIRef
    ListItem: URIRef
    Paragraph: URIRef
    Passage: URIRef
    Report: URIRef
    Section: URIRef
    footnoteOf: URIRef
    hasChapter: URIRef
    hasFootnote: URIRef
    hasParagraph: URIRef
    hasPart: URIRef
    hasSection: URIRef
    hasText: URIRef
    issuedTo: URIRef
    letter: URIRef
    locator: URIRef
    mark: URIRef
    noteTo: URIRef
    number: URIRef
    order: URIRef
    partOf: URIRef
    reissuedOn: URIRef
    reportedIn: URIRef
    reportsOn: URIRef
    supplement: URIRef
    text: URIRef
    topic: URIRef

    # session.ttl
    Meeting: URIRef
    Session: URIRef
    SessionPart: URIRef
    date: URIRef
    dateBasis: URIRef
    endDate: URIRef
    hasMeeting: URIRef
    hasSessionPart: URIRef
    kind: URIRef
    meetingNumber: URIRef
    meetingOf: URIRef
    nextSession: URIRef
    ofBody: URIRef
    ofSession: URIRef
    ordinal: URIRef
    place: URIRef
    previousSession: URIRef
    sessionPartOf: URIRef
    startDate: URIRef

    # text.ttl
    AgreedConclusions: URIRef
    Clause: URIRef
    Decision: URIRef
    Declaration: URIRef
    DraftDecision: URIRef
    DraftResolution: URIRef
    EmbeddedAgendaItem: URIRef
    MinisterialStatement: URIRef
    OperativeParagraph: URIRef
    PreambularParagraph: URIRef
    Resolution: URIRef
    SubParagraph: URIRef
    Text: URIRef
    addressee: URIRef
    addresseePhrase: URIRef
    addresses: URIRef
    adoptedAs: URIRef
    clauseOf: URIRef
    conditional: URIRef
    continues: URIRef
    hasClause: URIRef
    introducedIn: URIRef
    openingPhrase: URIRef
    operativeCount: URIRef
    part: URIRef
    preambularCount: URIRef
    publicationOf: URIRef
    publishedAs: URIRef
    recommendedTo: URIRef
    subParagraphCount: URIRef
    verb: URIRef
    voice: URIRef

    # verb.ttl
    Verb: URIRef
    adverb: URIRef
    citationProperty: URIRef
    citesMoreCloselyThan: URIRef
    citingPhrase: URIRef
    notOpening: URIRef
    preposition: URIRef
    strongerThan: URIRef
    weakerThan: URIRef
    weight: URIRef

    # citation.ttl
    Citation: URIRef
    citationIn: URIRef
    citedBy: URIRef
    citedDate: URIRef
    citedTitle: URIRef
    citedWork: URIRef
    cites: URIRef
    citingPlace: URIRef
    citingText: URIRef
    hasCitation: URIRef
    identifiedBy: URIRef
    pinpoint: URIRef
    relationPhrase: URIRef
    relationVerb: URIRef
    role: URIRef

    # citation-kinds.ttl
    Acknowledges: URIRef
    Adopts: URIRef
    Affirms: URIRef
    Appreciates: URIRef
    Approves: URIRef
    BearsInMind: URIRef
    Commends: URIRef
    Confirms: URIRef
    Considers: URIRef
    Emphasizes: URIRef
    Endorses: URIRef
    Highlights: URIRef
    IsGuidedBy: URIRef
    Notes: URIRef
    NotesWithAppreciation: URIRef
    NotesWithConcern: URIRef
    NotesWithSatisfaction: URIRef
    Observes: URIRef
    Reaffirms: URIRef
    Recalls: URIRef
    Recognizes: URIRef
    Reiterates: URIRef
    Stresses: URIRef
    Supports: URIRef
    TakesIntoAccount: URIRef
    TakesNoteOf: URIRef
    TakesNoteWithAppreciationOf: URIRef
    Underlines: URIRef
    Underscores: URIRef
    Welcomes: URIRef
    acknowledgedWork: URIRef
    acknowledges: URIRef
    adoptedWork: URIRef
    adopts: URIRef
    affirmedWork: URIRef
    affirms: URIRef
    appreciatedWork: URIRef
    appreciates: URIRef
    approvedWork: URIRef
    approves: URIRef
    bearsInMind: URIRef
    borneInMindWork: URIRef
    commendedWork: URIRef
    commends: URIRef
    confirmedWork: URIRef
    confirms: URIRef
    consideredWork: URIRef
    considers: URIRef
    emphasizedWork: URIRef
    emphasizes: URIRef
    endorsedWork: URIRef
    endorses: URIRef
    guidingWork: URIRef
    highlightedWork: URIRef
    highlights: URIRef
    isGuidedBy: URIRef
    notedWithAppreciationWork: URIRef
    notedWithConcernWork: URIRef
    notedWithSatisfactionWork: URIRef
    notedWork: URIRef
    notes: URIRef
    notesWithAppreciation: URIRef
    notesWithConcern: URIRef
    notesWithSatisfaction: URIRef
    observedWork: URIRef
    observes: URIRef
    reaffirmedWork: URIRef
    reaffirms: URIRef
    recalledWork: URIRef
    recalls: URIRef
    recognizedWork: URIRef
    recognizes: URIRef
    reiteratedWork: URIRef
    reiterates: URIRef
    stressedWork: URIRef
    stresses: URIRef
    supportedWork: URIRef
    supports: URIRef
    takenIntoAccountWork: URIRef
    takenNoteOfWork: URIRef
    takenNoteWithAppreciationOfWork: URIRef
    takesIntoAccount: URIRef
    takesNoteOf: URIRef
    takesNoteWithAppreciationOf: URIRef
    underlinedWork: URIRef
    underlines: URIRef
    underscoredWork: URIRef
    underscores: URIRef
    welcomedWork: URIRef
    welcomes: URIRef

    # actor.ttl
    Actor: URIRef
    ActorClass: URIRef
    Body: URIRef
    Group: URIRef
    ISO3166Alpha2: URIRef
    ISO3166Alpha3: URIRef
    M49: URIRef
    Organization: URIRef
    Person: URIRef
    State: URIRef
    acronym: URIRef
    hasMember: URIRef
    memberOf: URIRef
    numberForm: URIRef
    parentBody: URIRef
    resolutionSymbol: URIRef
    subsidiaryBody: URIRef
    symbolPrefix: URIRef

    # act.ttl
    Act: URIRef
    Adoption: URIRef
    Agreement: URIRef
    Election: URIRef
    Endorsement: URIRef
    OtherAct: URIRef
    Participation: URIRef
    Recommendation: URIRef
    Sponsor: URIRef
    Sponsorship: URIRef
    Transmission: URIRef
    abstaining: URIRef
    abstentions: URIRef
    actedOnAt: URIRef
    actionPhrase: URIRef
    actsOn: URIRef
    actsOnDocument: URIRef
    actsOnDraft: URIRef
    atMeeting: URIRef
    forAdoptionBy: URIRef
    fromDraft: URIRef
    hasSponsorship: URIRef
    method: URIRef
    onBehalfOf: URIRef
    participant: URIRef
    result: URIRef
    resultOf: URIRef
    revision: URIRef
    sponsor: URIRef
    sponsored: URIRef
    sponsoredBy: URIRef
    sponsoredDraft: URIRef
    sponsoredText: URIRef
    sponsors: URIRef
    votesAgainst: URIRef
    votesInFavour: URIRef
    votingAgainst: URIRef
    votingInFavour: URIRef

    # statement.ttl
    ReportedView: URIRef
    Speaker: URIRef
    Statement: URIRef
    capacity: URIRef
    hasStatement: URIRef
    hasStatementOn: URIRef
    mode: URIRef
    onAct: URIRef
    onText: URIRef
    party: URIRef
    purpose: URIRef
    quantifier: URIRef
    rightOfReply: URIRef
    speaker: URIRef
    spokeAt: URIRef
    spokenBy: URIRef
    stance: URIRef

    # agenda.ttl
    AgendaItem: URIRef
    Presentation: URIRef
    agendaDocument: URIRef
    becameItem: URIRef
    forItem: URIRef
    hasPresentation: URIRef
    listedIn: URIRef
    presentedAt: URIRef
    presentedDocument: URIRef
    reportedInChapter: URIRef
    statesItem: URIRef
    status: URIRef

    # office.ttl
    Attendance: URIRef
    Delegation: URIRef
    Designation: URIRef
    Officer: URIRef
    Post: URIRef
    Vacancy: URIRef
    bodyName: URIRef
    category: URIRef
    count: URIRef
    delegationOf: URIRef
    designatedBy: URIRef
    designee: URIRef
    designeeOrganization: URIRef
    designeeState: URIRef
    forGroup: URIRef
    hasDelegation: URIRef
    hasDesignation: URIRef
    heldBy: URIRef
    holder: URIRef
    holdsPost: URIRef
    memberAt: URIRef
    memberSession: URIRef
    observerAt: URIRef
    observerSession: URIRef
    office: URIRef
    toPost: URIRef

    # mandate.ttl
    FulfilledMandate: URIRef
    Fulfilment: URIRef
    Mandate: URIRef
    addresseeQualifier: URIRef
    asOf: URIRef
    confidence: URIRef
    continuing: URIRef
    deliverable: URIRef
    dueAt: URIRef
    dueBody: URIRef
    dueDate: URIRef
    duePhrase: URIRef
    dueSession: URIRef
    expiry: URIRef
    fulfilledBy: URIRef
    fulfilledMandate: URIRef
    fulfillingDocument: URIRef
    fulfils: URIRef
    hasMandate: URIRef
    lastSessionOver: URIRef
    mandateIn: URIRef
    mandatingClause: URIRef
    mandatingText: URIRef
    partiesTo: URIRef
    periodicity: URIRef
    presentedAtSession: URIRef
    requests: URIRef
    resourceCondition: URIRef
    reviewClause: URIRef
    termSetIn: URIRef
    usedInFulfilment: URIRef

    # reading.ttl
    Correction: URIRef
    Coverage: URIRef
    Gap: URIRef
    WithdrawnFact: URIRef
    checksum: URIRef
    claimed: URIRef
    correctedFact: URIRef
    correctingOffice: URIRef
    correctionReason: URIRef
    correctionState: URIRef
    correctsWork: URIRef
    coverageOf: URIRef
    factsOnly: URIRef
    hasCorrection: URIRef
    isProse: URIRef
    page: URIRef
    partial: URIRef
    reason: URIRef
    rule: URIRef
    stage: URIRef
    standsIn: URIRef
    total: URIRef
    unclaimed: URIRef

    # official.ttl
    AnnexParagraph: URIRef
    Expression: URIRef
    Membership: URIRef
    ParagraphChange: URIRef
    ParagraphLikeness: URIRef
    Subject: URIRef
    TableRow: URIRef
    TextHeading: URIRef
    added: URIRef
    agendaItemNumber: URIRef
    agendaItemTitle: URIRef
    alikeParagraph: URIRef
    basis: URIRef
    changeIn: URIRef
    changeKind: URIRef
    changeOf: URIRef
    changedWords: URIRef
    committee: URIRef
    committeeReport: URIRef
    committeeReportParagraph: URIRef
    designation: URIRef
    earlierParagraph: URIRef
    expressionOf: URIRef
    furtherTitle: URIRef
    issuedOn: URIRef
    laterParagraph: URIRef
    likeness: URIRef
    member: URIRef
    memberBody: URIRef
    memberName: URIRef
    membershipStatedIn: URIRef
    operativeParagraphs: URIRef
    preambularParagraphs: URIRef
    recommendedIn: URIRef
    recordedIn: URIRef
    scheme: URIRef
    section: URIRef
    submittedBy: URIRef
    textInLanguage: URIRef
    titleInLanguage: URIRef

    # service.ttl
    clientLimit: URIRef
    clientRequestLimit: URIRef
    concurrencyLimit: URIRef
    intakeTime: URIRef
    memoryLimit: URIRef
    queueLimit: URIRef
    queueTime: URIRef
    reportLimit: URIRef
    requestLimit: URIRef
    resultLimit: URIRef
    timeLimit: URIRef
    validationLimit: URIRef
    validationTime: URIRef
