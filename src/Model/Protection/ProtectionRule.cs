namespace SmartCity.SecurityCheck.Model;

/// <summary>结论规则 · how items become a conclusion in classified protection.</summary>
public sealed record ProtectionRule
{
    public required RuleFile File { get; init; }

    /// <summary>Id of the general catalogue; extensions of the same standard go with it.</summary>
    public required string Catalogue { get; init; }

    public required string Edition { get; init; }

    /// <summary>符合 above that rate, percent; at it the text is silent.</summary>
    public required decimal SatisfiedAbove { get; init; }

    /// <summary>基本符合 above that rate, 不符合 below.</summary>
    public required decimal BasicAbove { get; init; }

    /// <summary>Which kinds of objects observations speak of where such an object is declared.</summary>
    public IReadOnlyList<ObservationAssets> Observations { get; init; } = [];

    public required LegacyFormula Legacy { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <param name="Kind">Of observation.</param>
/// <param name="Of">Kinds of objects it speaks of before all others.</param>
public sealed record ObservationAssets(string Kind, IReadOnlyList<AssetKind> Of);

/// <summary>The 2021 formula.</summary>
/// <param name="TechnicalShare">y: share of the technical part, 0–1.</param>
/// <param name="Weights">f(ω) of 一般, 重要, 关键.</param>
/// <param name="Examples">Known results.</param>
public sealed record LegacyFormula(decimal TechnicalShare, IReadOnlyList<decimal> Weights, IReadOnlyList<LegacyExample> Examples);

/// <param name="Technical">Applicable technical items.</param>
/// <param name="Management">Applicable management items.</param>
/// <param name="FailingTechnical">Importance of technical items that are not met; all others are.</param>
/// <param name="FailingManagement">The same for management.</param>
/// <param name="Want">The total, three decimals.</param>
/// <param name="Origin">Where it stands.</param>
public sealed record LegacyExample(int Technical, int Management, IReadOnlyList<ControlImportance> FailingTechnical, IReadOnlyList<ControlImportance> FailingManagement, decimal Want, string Origin);
