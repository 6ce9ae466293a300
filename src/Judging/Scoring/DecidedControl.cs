using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Judging;

/// <summary>A control before any arithmetic: what is known of it, object by object.</summary>
internal sealed record DecidedControl(
    Control Control,
    ControlLevel Level,
    ControlPart Part,
    ControlApplicability Applicability,
    string? ApplicabilityNote,
    IReadOnlyList<DecidedObject> Objects)
{
    public IReadOnlyList<PointQuestion> Questions { get; init; } = [];

    public bool HasAspects => Part == ControlPart.Technical && Control.IsScored;
}

/// <summary>One object before any arithmetic.</summary>
internal sealed record DecidedObject
{
    public required CastObject Object { get; init; }

    public IReadOnlyList<AspectJudgement> Aspects { get; init; } = [];

    /// <summary>Bits of the weakest algorithm known to be in use; null where nothing says it.</summary>
    public int? StrengthBits { get; init; }

    /// <summary>A weaker one may still be found.</summary>
    public bool IsStrengthOpen { get; init; }

    /// <summary>Level of the weakest certified module, 0 for none; null where nobody said it.</summary>
    public int? ModuleLevel { get; init; }

    /// <summary>It was said without a document, or not of all products: no better than this, perhaps worse.</summary>
    public bool IsModuleOpen { get; init; }

    /// <summary>For controls without aspects: 不符合 by a judgement or by an answer with a document.</summary>
    public bool IsFailureShown { get; init; }

    /// <summary>For controls without aspects: the worst and the best the verdict can be.</summary>
    public (Verdict Worst, Verdict Best)? Verdict { get; init; }

    public IReadOnlyList<AspectSource> Sources { get; init; } = [];

    public bool? Holds(Aspect aspect) => Aspects.FirstOrDefault(a => a.Aspect == aspect)?.Holds;
}
