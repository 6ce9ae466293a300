namespace SmartCity.SecurityCheck.Model;

/// <summary>Where a file of rules comes from, by its digest.</summary>
public enum RulesSource
{
    /// <summary>内置: the bytes the tool was built with.</summary>
    BuiltIn,

    /// <summary>Under the path or id of a built-in file, with other content.</summary>
    Changed,

    /// <summary>自带: brought by whoever ran the tool.</summary>
    Own,
}

/// <summary>A ruleset or a profile that judged.</summary>
public sealed record RulesFile(RulesetReference Reference, RulesSource Source)
{
    /// <summary>Version of the built-in file of the same id, empty where that has none; null where there is no such file or this is it.</summary>
    public string? BuiltInVersion { get; init; }
}

/// <summary>The rules that judged, held against those the tool was built with: a weakened folder must not pass for the tool's own rules.</summary>
/// <param name="Files">Rulesets, then the profile.</param>
/// <param name="LeftOut">Built-in rulesets that did not judge, by path; profiles are chosen and do not count.</param>
public sealed record RulesUsed(IReadOnlyList<RulesFile> Files, IReadOnlyList<string> LeftOut)
{
    public bool AreBuiltIn => LeftOut.Count == 0 && Files.All(f => f.Source == RulesSource.BuiltIn);
}
