namespace SmartCity.SecurityCheck.Model;

/// <summary>分析器编号表 · what the numbers of foreign analyzers mean. Data of the rules: another analyzer is another file.</summary>
public sealed record EngineRuleTable
{
    public required RuleFile File { get; init; }

    public required IReadOnlyList<EngineRule> Rules { get; init; }

    /// <summary>Numbers that are switched off, with the reason for people.</summary>
    public required IReadOnlyList<IgnoredEngineRule> Ignored { get; init; }
}

/// <summary>One number of an analyzer.</summary>
/// <param name="Id">As the analyzer writes it, such as CA3001.</param>
/// <param name="Cwe">Number of the weakness.</param>
/// <param name="Title">For people.</param>
/// <param name="Class">What kind of trouble it is.</param>
/// <param name="Severity">How bad where it is true.</param>
/// <param name="Certainty">How often it is true.</param>
/// <param name="Remedy">How to mend it.</param>
public sealed record EngineRule(string Id, int Cwe, string Title, WeaknessClass Class, Severity Severity, EngineCertainty Certainty, string Remedy);

/// <param name="Id">As the analyzer writes it.</param>
/// <param name="Why">For people.</param>
public sealed record IgnoredEngineRule(string Id, string Why);

/// <summary>How often what an analyzer says under a number is true.</summary>
public enum EngineCertainty
{
    Hint,
    Likely,
    Firm,
}

/// <summary>缺陷类别.</summary>
public enum WeaknessClass
{
    Other,
    Injection,
    Deserialization,
    File,
    Credential,
    Crypto,
    Transport,
    Web,
}
