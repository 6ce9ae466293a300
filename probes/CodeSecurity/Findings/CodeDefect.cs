using System.ComponentModel;
using System.Text.Json.Serialization;
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

    /// <summary>Why it is not of high confidence, in a few words; null where it is, or where the engine does not say.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [Description("存疑")]
    public string? Doubt { get; init; }

    /// <summary>Of low confidence for one reason alone, which <see cref="Doubt"/> names and people can look into.</summary>
    [Description("由人确认"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool IsForPeople { get; init; }

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

    /// <summary>SM3 over rule or weakness, file, the normalised line and its ordinal among equal ones: the same when lines move. 64 hexadecimal digits.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>What people wrote so that it should not count, in effect or not; null where nobody did.</summary>
    [Description("抑制")]
    public DefectSuppression? Suppression { get; init; }

    /// <summary>Null where there is no baseline to compare with.</summary>
    [Description("与基线比")]
    public BaselineStanding? Baseline { get; init; }

    /// <summary>The way to it from where it begins, where the engine tells one; empty where it does not.</summary>
    [Description("路径")]
    public IReadOnlyList<FlowStep> Flow { get; init; } = [];

    /// <summary>Other places that begin a way to it; null where there are none or the engine does not tell.</summary>
    [Description("其他入口")]
    public OtherEntries? OtherEntries { get; init; }

    /// <summary>Methods that the project declared to clean values, one of which alone keeps the way from this place: <c>com.acme.Clean.sql</c>; null where none does.</summary>
    [Description("按项目声明视为已净化")]
    public IReadOnlyList<string>? DeclaredClean { get; init; }

    /// <summary>The places it speaks for; null where it is one. Not in the record, which says them in words.</summary>
    internal DefectFold? Fold { get; init; }

    /// <summary>Where it stands among others.</summary>
    [JsonIgnore]
    public DefectKey Key => new((int)Confidence, Severity, File, Line, RuleId, Fingerprint);

    /// <summary>Somebody gave a reason, was looked over, and the day is not past: it is shown and no longer counts against the system by itself.</summary>
    [JsonIgnore]
    public bool IsSuppressed => Suppression is { Standing: SuppressionStanding.InEffect };
}

/// <summary>A place on the way to a defect.</summary>
/// <param name="File">Relative to the tree, with forward slashes.</param>
/// <param name="Line">Counted from 1.</param>
/// <param name="Message">What happens there; empty where the engine does not say.</param>
public sealed record FlowStep([property: Description("")] string File, [property: Description("行")] int Line, [property: Description("")] string Message)
{
    /// <summary>The line with the piece meant; null where the engine does not say.</summary>
    [Description("代码")]
    public StepCode? Code { get; init; }
}

/// <summary>A line of code and the piece of it that a step means.</summary>
/// <param name="Text">The line, or the stretch around the piece, at most 200 characters, secrets blackened.</param>
/// <param name="Column">Of the piece in the file, from 1, in UTF-16 units.</param>
/// <param name="Length">Of the piece in the file.</param>
/// <param name="Mark">Where the piece begins in <paramref name="Text"/>, from 0; null where blackening took it away.</param>
public sealed record StepCode([property: Description("")] string Text, int Column, int Length, int? Mark);

/// <summary>Places besides the one a way is told from.</summary>
/// <param name="Count">All of them.</param>
/// <param name="First">The first of them, in order of places.</param>
public sealed record OtherEntries([property: Description("处数")] int Count, [property: Description("前几处")] IReadOnlyList<FlowStep> First);

/// <summary>A defect beside an earlier look at the same tree.</summary>
public enum BaselineStanding
{
    [Description("新增")]
    New,
    [Description("既有")]
    Known,
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
