using System.ComponentModel;

namespace SmartCity.SecurityCheck.Probes.CodeSecurity;

/// <summary>What somebody wrote of a defect so that it should not count.</summary>
public sealed record DefectSuppression
{
    [Description("写在")]
    public required SuppressionKind Kind { get; init; }

    /// <summary>File and line of it; for that of another scanner its name.</summary>
    [Description("")]
    public required string Place { get; init; }

    [Description("")]
    public required SuppressionStanding Standing { get; init; }

    /// <summary>Null where none was written.</summary>
    [Description("理由")]
    public string? Reason { get; init; }

    /// <summary>Of what a project declares, who answers for it: nobody looked it over. Null where none was written.</summary>
    [Description("复核人或负责人")]
    public string? Reviewer { get; init; }

    /// <summary>The last day on which it counts; null where none was written.</summary>
    [Description("到期日")]
    public DateOnly? Until { get; init; }
}

public enum SuppressionKind
{
    /// <summary>A comment beside the code.</summary>
    [Description("源代码")]
    InSource,

    /// <summary>The file that candidate.yaml or the command line names.</summary>
    [Description("抑制文件")]
    File,

    /// <summary>The result of another scanner.</summary>
    [Description("其他扫描器")]
    Imported,

    /// <summary>The project's word that a method of its own cleans values.</summary>
    [Description("项目声明")]
    Declared,
}

public enum SuppressionStanding
{
    [Description("生效")]
    InEffect,
    [Description("未写理由，不起作用")]
    WithoutReason,
    [Description("未写复核人，不起作用")]
    WithoutReviewer,
    [Description("未写到期日或写得不对，不起作用")]
    WithoutDay,
    [Description("已过期，不起作用")]
    Expired,
}

/// <summary>A suppression before it has met a defect.</summary>
internal sealed record WrittenSuppression
{
    public required SuppressionKind Kind { get; init; }

    public required string Place { get; init; }

    /// <summary>Of the one defect; null where rules and file name it.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>Of a sanitizer that a project declared: means what only it stops; null for all others.</summary>
    public string? Declared { get; init; }

    /// <summary>Rules or weaknesses (CWE-327).</summary>
    public IReadOnlyList<string> Rules { get; init; } = [];

    public string? File { get; init; }

    /// <summary>Null for every line.</summary>
    public int? Line { get; init; }

    /// <summary>The line as it is shown, normalised; null for every line.</summary>
    public string? Code { get; init; }

    public string? Reason { get; init; }

    public string? Reviewer { get; init; }

    public DateOnly? Until { get; init; }

    /// <param name="today">Of the run, in Beijing.</param>
    public DefectSuppression On(DateOnly today) => new() { Kind = Kind, Place = Place, Standing = StandingOn(today), Reason = Reason, Reviewer = Reviewer, Until = Until };

    /// <summary>It speaks of this defect, whether it has effect or not.</summary>
    public bool Means(CodeDefect defect) => Declared is not null ? defect.DeclaredClean?.Contains(Declared, StringComparer.Ordinal) == true : Fingerprint is not null
        ? Fingerprint == defect.Fingerprint
        : File == defect.File && (Line is not { } line || line == defect.Line) && (Code is not { } code || code == DefectFingerprints.Normal(defect.Code))
            && Rules.Any(r => DefectMerging.RulesOf(defect).Contains(r, StringComparer.OrdinalIgnoreCase));

    private SuppressionStanding StandingOn(DateOnly today) =>
        !Says(Reason) ? SuppressionStanding.WithoutReason
        : !Says(Reviewer) ? SuppressionStanding.WithoutReviewer
        : Until is not { } until ? SuppressionStanding.WithoutDay
        : until < today ? SuppressionStanding.Expired
        : SuppressionStanding.InEffect;

    /// <summary>A dash in the place of a word is none.</summary>
    private static bool Says(string? text) => text is not null && text.Any(char.IsLetterOrDigit);
}
