namespace SmartCity.SecurityCheck.Model;

/// <summary>量化评估规则 · the numbers by which a catalogue is scored, one edition a file.</summary>
public sealed record ScoringRule
{
    public required RuleFile File { get; init; }

    /// <summary>Id of the catalogue.</summary>
    public required string Catalogue { get; init; }

    /// <summary>Such as 2023.</summary>
    public required string Edition { get; init; }

    /// <summary>First day in force; the newest edition in force concludes, the others are shown beside it.</summary>
    public required DateOnly InForceFrom { get; init; }

    /// <summary>Score of an object with D by what is missing beside it; Ra and Rk are multiplied in.</summary>
    public required ObjectFactors Object { get; init; }

    /// <summary>Ra, strongest first; empty where the edition has none (Ra = 1).</summary>
    public required IReadOnlyList<StrengthTier> Ra { get; init; }

    /// <summary>Rk above 1; empty where the edition has none.</summary>
    public required IReadOnlyList<ModuleCredit> Rk { get; init; }

    /// <summary>Points of 部分符合 of a management item; 符合 is 1, 不符合 0.</summary>
    public required decimal ManagementPartial { get; init; }

    /// <summary>Points of the technical part, the management part has the rest of 100; null where all groups are one part.</summary>
    public decimal? TechnicalPoints { get; init; }

    public required IReadOnlyList<CompensationPair> Compensation { get; init; }

    /// <summary>Share of the stronger side that may stand in for the weaker.</summary>
    public decimal CompensationFactor { get; init; }

    /// <summary>Digits of object, unit and group scores; half up.</summary>
    public required int Decimals { get; init; }

    /// <summary>Digits of the total; half up.</summary>
    public required int TotalDecimals { get; init; }

    /// <summary>Points of 100 from which 基本符合 is possible.</summary>
    public required decimal Threshold { get; init; }

    /// <summary>Printed wherever the threshold is used.</summary>
    public required string ThresholdSource { get; init; }

    public required BasisConfidence ThresholdConfidence { get; init; }

    /// <summary>Of the technical controls that the tool can measure, the share by weight that has to be measured before anything good is concluded, 0–1.</summary>
    public required decimal MeasuredFloor { get; init; }

    public required string MeasuredFloorSource { get; init; }

    public required BasisConfidence MeasuredFloorConfidence { get; init; }

    public required EvidenceRule Evidence { get; init; }

    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Known results, which <c>rules verify</c> recomputes.</summary>
    public IReadOnlyList<ScoringExample> Examples { get; init; } = [];
}

/// <param name="WithoutA">D and K without A.</param>
/// <param name="WithoutK">D and A without K.</param>
/// <param name="WithoutBoth">D alone.</param>
public sealed record ObjectFactors(decimal WithoutA, decimal WithoutK, decimal WithoutBoth);

/// <param name="AtLeastBits">Bits of security of the weakest algorithm in use.</param>
/// <param name="Value">Ra.</param>
/// <param name="Examples">For people.</param>
public sealed record StrengthTier(int AtLeastBits, decimal Value, string Examples);

/// <param name="Level">Crypto level of the system.</param>
/// <param name="ModuleLevel">Level of the certified module (GB/T 37092), one below what is asked for.</param>
/// <param name="Value">Rk.</param>
public sealed record ModuleCredit(int Level, int ModuleLevel, decimal Value);

/// <summary>Two controls that may stand in for each other where a person confirmed that one covers all data of the other.</summary>
public sealed record CompensationPair(string One, string Other);

/// <summary>A known result.</summary>
/// <param name="Step">Which formula.</param>
/// <param name="Inputs">By name; a list is numbered.</param>
/// <param name="Want">The result.</param>
/// <param name="Origin">Where it stands.</param>
public sealed record ScoringExample(ScoringStep Step, IReadOnlyList<KeyValuePair<string, decimal>> Inputs, decimal Want, string Origin);

public enum ScoringStep
{
    Object,
    Compensation,
    Mean,
    Group,
    Total,
}

/// <summary>What a document must be for an answer to lean on it; of this project, not of a standard.</summary>
/// <param name="Probe">Id of the probe that reads documents.</param>
/// <param name="Plan">Word in the kind of the material that argues units away.</param>
/// <param name="FewestBytes">Bytes below which no document says what an answer leans on: a scan, a signed page or a plan has many times as many.</param>
/// <param name="ValidMonths">Age of an answer from which it speaks of another system.</param>
/// <param name="Source">Where the numbers come from.</param>
public sealed record EvidenceRule(string Probe, string Plan, int FewestBytes, int ValidMonths, string Source)
{
    /// <summary>Word in the kind of the material that a register of products leans on: copies of the certificates.</summary>
    public string Certificates { get; init; } = "";

    /// <summary>
    /// What holds for every paper wherever a word of people leans on one, and where no catalogue says it: 1 KiB, twelve months. A page that
    /// somebody signed, a scan or a screenshot has many times as many bytes.
    /// </summary>
    public static EvidenceRule Usual { get; } = new("crypto.evidence-documents", "", 1024, 12, "自定：不足 1 KiB、或看不出文件形状的，装不下它要证明的内容；一年以前的回答说的是另一个样子的系统");

    /// <summary>Where no rule says what a document must be.</summary>
    public static EvidenceRule NothingCounts { get; } = new("", "", int.MaxValue, 0, "");
}
