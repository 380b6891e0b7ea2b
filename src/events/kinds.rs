//! Every kind of thing that happens. The text of each stands in `locales/*/events.ftl`.

/// Makes the enum, its text in the database and the way back from one list.
macro_rules! kinds {
    ($($variant:ident = $text:literal,)*) => {
        /// What happened, as the database keeps it: `subject.verb`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[allow(missing_docs, reason = "each name says it; the sentence stands in locales/*/events.ftl")]
        pub enum Kind {
            $($variant,)*
        }

        impl Kind {
            /// Every kind, for filters.
            pub const ALL: &[Self] = &[$(Self::$variant,)*];

            /// The text in the database.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }

            /// From the text in the database.
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                match text {
                    $($text => Some(Self::$variant),)*
                    _ => None,
                }
            }
        }
    };
}

kinds! {
    OrganisationCreated = "organisation.created",
    OrganisationChanged = "organisation.changed",
    CalendarDaySet = "calendar.day_set",
    CalendarDayCleared = "calendar.day_cleared",
    LimitsChanged = "escalation_limits.changed",
    DepartmentAdded = "department.added",
    DepartmentChanged = "department.changed",
    DepartmentRetired = "department.retired",
    DepartmentRestored = "department.restored",
    PersonInvited = "person.invited",
    PersonJoined = "person.joined",
    PersonChanged = "person.changed",
    PersonRoleChanged = "person.role_changed",
    PersonDeactivated = "person.deactivated",
    PersonReactivated = "person.reactivated",
    LinkMade = "person.link_made",
    PasswordChanged = "person.password_changed",
    PasswordReset = "person.password_reset",
    SettingsChanged = "person.settings_changed",
    WorkLinksEnded = "person.work_links_ended",
    ResetLinksEnded = "person.reset_links_ended",
    SignedIn = "session.signed_in",
    SignInRefused = "session.sign_in_refused",
    SignedOut = "session.signed_out",
    SessionRevoked = "session.revoked",
    AccessRefused = "access.refused",
    ProjectCreated = "project.created",
    ProjectChanged = "project.changed",
    ProjectPublished = "project.published",
    ProjectArchived = "project.archived",
    ProjectRestored = "project.restored",
    CommitteeChanged = "project.committee_changed",
    HealthChanged = "project.health_changed",
    HealthDeclared = "project.health_declared",
    RobotAdded = "robot.added",
    RobotChanged = "robot.changed",
    RobotPaused = "robot.paused",
    RobotResumed = "robot.resumed",
    RobotRemoved = "robot.removed",
    RobotFailed = "robot.failed",
    ScheduleChanged = "project.schedule_changed",
    StageStarted = "stage.started",
    StagePassed = "stage.passed",
    StageChanged = "stage.changed",
    StageSentBack = "stage.sent_back",
    GateHeld = "stage.gate_held",
    GateWaived = "stage.gate_waived",
    RuleAttested = "gate_rule.attested",
    RuleWaived = "gate_rule.waived",
    SeatGiven = "seat.given",
    SeatRemoved = "seat.removed",
    SeatHandedOver = "seat.handed_over",
    PartAdded = "part.added",
    PartRemoved = "part.removed",
    DutyCreated = "duty.created",
    DutyChanged = "duty.changed",
    TaskCreated = "task.created",
    TaskChanged = "task.changed",
    TaskStatusChanged = "task.status_changed",
    TaskReviewed = "task.reviewed",
    TaskAssigned = "task.assigned",
    TaskMoved = "task.moved",
    TaskCommented = "task.commented",
    TaskWatched = "task.watched",
    TaskUnwatched = "task.unwatched",
    DependencyAdded = "task.dependency_added",
    DependencyRemoved = "task.dependency_removed",
    MilestoneCreated = "milestone.created",
    MilestoneChanged = "milestone.changed",
    MilestoneMoved = "milestone.moved",
    MilestoneReached = "milestone.reached",
    EscalationRaised = "escalation.raised",
    EscalationChanged = "escalation.changed",
    EscalationPassedOn = "escalation.passed_on",
    EscalationTimeRunsOut = "escalation.time_runs_out",
    EscalationTimeOver = "escalation.time_over",
    EscalationSettled = "escalation.settled",
    EscalationWithdrawn = "escalation.withdrawn",
    EscalationDecided = "escalation.decided",
    EscalationCommented = "escalation.commented",
    RaiserAsked = "escalation.raiser_asked",
    RaiserAnswered = "escalation.raiser_answered",
    RaiserQuestionTakenBack = "escalation.raiser_question_taken_back",
    GuestAsked = "escalation.guest_asked",
    GuestDismissed = "escalation.guest_dismissed",
    PositionWritten = "position.written",
    EvidenceAdded = "evidence.added",
    OptionAdded = "option.added",
    OptionChanged = "option.changed",
    OptionRecommended = "option.recommended",
    CriteriaChanged = "criteria.changed",
    BallotCast = "ballot.cast",
    BallotChanged = "ballot.changed",
    AdviceGiven = "ballot.advice_given",
    AdviceChanged = "ballot.advice_changed",
    BallotConfirmed = "ballot.confirmed",
    PackKept = "escalation.pack_kept",
    SteppedAside = "escalation.stepped_aside",
    CameBack = "escalation.came_back",
    DecisionRecorded = "decision.recorded",
    DecisionSuperseded = "decision.superseded",
    DecisionReviewed = "decision.reviewed",
    RequestAsked = "request.asked",
    RequestAccepted = "request.accepted",
    RequestCountered = "request.countered",
    RequestDeclined = "request.declined",
    RequestAgreed = "request.agreed",
    RequestInsisted = "request.insisted",
    RequestRedated = "request.redated",
    RequestWithdrawn = "request.withdrawn",
    RequestEscalated = "request.escalated",
    BaselineSet = "baseline.set",
    BudgetRaised = "baseline.budget_raised",
    ObjectiveCreated = "objective.created",
    ObjectiveChanged = "objective.changed",
    ObjectiveDropped = "objective.dropped",
    KeyResultCreated = "key_result.created",
    KeyResultChanged = "key_result.changed",
    KeyResultDropped = "key_result.dropped",
    KeyResultSplit = "key_result.split",
    ShareLinked = "key_result.share_linked",
    ShareUnlinked = "key_result.share_unlinked",
    FigureEntered = "key_result.figure_entered",
    FigureCorrected = "key_result.figure_corrected",
    KpiCreated = "kpi.created",
    KpiChanged = "kpi.changed",
    KpiRetired = "kpi.retired",
    KpiFigureEntered = "kpi.figure_entered",
    KpiFigureCorrected = "kpi.figure_corrected",
    MoneyPlanSet = "money.plan_set",
    MoneyPlanChanged = "money.plan_changed",
    BreakEvenRecorded = "money.break_even_recorded",
    MoneyActualEntered = "money.actual_entered",
    MoneyActualCorrected = "money.actual_corrected",
    MoneyForecastSet = "money.forecast_set",
    ChangeAsked = "change.asked",
    ChangeSized = "change.sized",
    ChangeAccepted = "change.accepted",
    ChangeDeclined = "change.declined",
    ChangeWithdrawn = "change.withdrawn",
    ChangeOverBudget = "change.over_budget",
    ChangeSettled = "change.settled",
    ChangeReopened = "change.reopened",
    StrategySet = "strategy.set",
    PlaybookPublished = "playbook.published",
    PlaybookRead = "playbook.read",
    GoalsProposed = "goals.proposed",
    GoalsSignedOff = "goals.signed_off",
    ThanksGiven = "thanks.given",
    BonusPoolSet = "bonus_pool.set",
}

impl Kind {
    /// Whether it concerns others than who did it, so that somebody is told of it; or answers what somebody was asked.
    #[must_use]
    pub fn is_news(self) -> bool {
        self.is_pressing()
            || matches!(
                self,
                Self::TaskCreated
                    | Self::TaskStatusChanged
                    | Self::TaskChanged
                    | Self::TaskMoved
                    | Self::RaiserAnswered
                    | Self::RaiserQuestionTakenBack
                    | Self::RequestAccepted
                    | Self::RequestAgreed
                    | Self::RequestRedated
                    | Self::RequestWithdrawn
                    | Self::RequestEscalated
                    | Self::BaselineSet
                    | Self::ObjectiveCreated
                    | Self::ObjectiveChanged
                    | Self::ObjectiveDropped
                    | Self::KeyResultCreated
                    | Self::KeyResultChanged
                    | Self::KeyResultDropped
                    | Self::KeyResultSplit
                    | Self::BudgetRaised
                    | Self::ChangeAccepted
                    | Self::ChangeDeclined
                    | Self::ChangeWithdrawn
                    | Self::ChangeOverBudget
                    | Self::ChangeSettled
                    | Self::EscalationChanged
                    | Self::PositionWritten
                    | Self::EvidenceAdded
                    | Self::EscalationCommented
                    | Self::EscalationSettled
                    | Self::EscalationWithdrawn
                    | Self::EscalationDecided
                    | Self::DecisionRecorded
                    | Self::DecisionSuperseded
                    | Self::SeatGiven
                    | Self::SeatHandedOver
                    | Self::SeatRemoved
                    | Self::ProjectChanged
                    | Self::GuestDismissed
                    | Self::BallotCast
                    | Self::BallotChanged
                    | Self::BallotConfirmed
                    | Self::AdviceGiven
                    | Self::AdviceChanged
                    | Self::ProjectPublished
                    | Self::ProjectArchived
                    | Self::ProjectRestored
                    | Self::ScheduleChanged
                    | Self::StageStarted
                    | Self::MilestoneMoved
                    | Self::MilestoneReached
                    | Self::RobotFailed
                    | Self::CommitteeChanged
                    | Self::PersonRoleChanged
                    | Self::SteppedAside
                    | Self::DecisionReviewed
                    | Self::DutyChanged
                    | Self::StageSentBack
                    | Self::GateHeld
                    | Self::GateWaived
                    | Self::RuleWaived
                    | Self::StrategySet
                    | Self::PlaybookPublished
                    | Self::PlaybookRead
                    | Self::GoalsProposed
                    | Self::GoalsSignedOff
                    | Self::ThanksGiven
                    | Self::BonusPoolSet
            )
    }

    /// Whether it waits for somebody, who is told at once; of the rest people are told within a minute.
    #[must_use]
    pub fn is_pressing(self) -> bool {
        matches!(
            self,
            Self::TaskAssigned
                | Self::TaskCommented
                | Self::EscalationRaised
                | Self::EscalationPassedOn
                | Self::EscalationTimeOver
                | Self::EscalationTimeRunsOut
                | Self::RaiserAsked
                | Self::GuestAsked
                | Self::RequestAsked
                | Self::RequestInsisted
                | Self::RequestCountered
                | Self::RequestDeclined
                | Self::ChangeAsked
                | Self::ChangeSized
                | Self::ChangeReopened
        )
    }
}
