using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>One place of the source that an engine points at.</summary>
public sealed record CodeDefect
{
    /// <summary>Of the engine, such as GM-ECB-01, SCS0002, CA5351.</summary>
    [Description("")]
    public required string RuleId { get; init; }

    /// <summary>Relative to the tree, with forward slashes.</summary>
    [Description("")]
    public required string File { get; init; }

    /// <summary>Counted from 1.</summary>
    [Description("行")]
    public required int Line { get; init; }

    [Description("")]
    public required string Title { get; init; }

    /// <summary>Number of the weakness (CWE); null where the engine names none.</summary>
    [Description("CWE")]
    public int? Cwe { get; init; }

    [Description("等级")]
    public required Severity Severity { get; init; }

    [Description("置信度")]
    public required CodeConfidence Confidence { get; init; }

    /// <summary>What is wrong here, for people; secrets blackened.</summary>
    [Description("")]
    public required string Message { get; init; }

    /// <summary>The line of code, at most 200 characters, secrets blackened.</summary>
    [Description("代码")]
    public required string Code { get; init; }

    /// <summary>How to mend it.</summary>
    [Description("修复")]
    public required string Remedy { get; init; }

    /// <summary>Which engine: token rules, secrets, NetAnalyzers …</summary>
    [Description("引擎")]
    public required string Engine { get; init; }

    /// <summary>SM3 over rule, file, the normalised line and its ordinal among equal ones: the same when lines move. 64 hexadecimal digits.</summary>
    public required string Fingerprint { get; init; }
}

public enum CodeConfidence
{
    [Description("低")]
    Low,
    [Description("中")]
    Medium,
    [Description("高")]
    High,
}
