namespace SmartCity.SecurityCheck.Model;

/// <summary>判定. The Chinese words live in <see cref="VerdictNames"/> alone.</summary>
public enum Verdict
{
    Satisfied,
    Partial,
    NotSatisfied,
    NotApplicable,
    NeedsReview,
}

/// <summary>What a verdict rests on.</summary>
public enum VerdictReason
{
    Measured,

    /// <summary>AppliesWhen fails, or the probe found the question does not arise.</summary>
    ConditionNotMet,

    /// <summary>未核验: no observation.</summary>
    ProbeUnable,

    /// <summary>未核验: the observation lacks a field the rule needs.</summary>
    FieldMissing,
    ManualOnly,

    /// <summary>A person answered what only people can see.</summary>
    Attested,

    /// <summary>未核验 all the same: a person said 不符合 where the probe saw nothing, and nobody may be better off for that.</summary>
    AttestedUnseen,

    /// <summary>自报: the observation is a table that somebody filled in. Good or bad, nothing was measured.</summary>
    SelfReported,
}

/// <summary>严重程度, ascending.</summary>
public enum Severity
{
    Info,
    Minor,
    Major,
    Critical,
}
