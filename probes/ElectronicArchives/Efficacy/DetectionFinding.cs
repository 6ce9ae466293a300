using System.ComponentModel;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>检出率 · what a system's own detection came to on batches with known defects, by a table that people filled in: it decides nothing. Batches are not named, so that what was planted where stays with the evaluator.</summary>
public sealed record DetectionFinding
{
    /// <summary>Why there is no score; null where there is one.</summary>
    [Description("没有计分的原因")]
    public string? Trouble { get; init; }

    /// <summary>SM3 of the table, 64 lower-case hexadecimal digits; null where it could not be read.</summary>
    [DisplayName("结果表 SM3")]
    public string? Sm3 { get; init; }

    /// <summary>Clean batches that were answered.</summary>
    [Description("干净批次")]
    public int Controls { get; init; }

    [Description("误报")]
    public int FalseAlarms { get; init; }

    /// <summary>Batches with a defect that were answered.</summary>
    [Description("含缺陷批次")]
    public int Defects { get; init; }

    [Description("检出")]
    public int Killed { get; init; }

    /// <summary>Of those with a reason that names the right item.</summary>
    [Description("说对检测项")]
    public int RightlyNamed { get; init; }

    /// <summary>Batches without an answer; no rate counts them.</summary>
    [Description("没有答复")]
    public int Unanswered { get; init; }

    [Description("逐性")]
    public IReadOnlyList<ScoredGroup> ByNature { get; init; } = [];

    [Description("逐项")]
    public IReadOnlyList<ScoredGroup> ByItem { get; init; } = [];

    /// <summary>Null where the target names no results.</summary>
    internal static DetectionFinding? Of(ArchivePackage target, CancellationToken stop)
    {
        if (target is not { DetectionResults: { } results, DetectionKey: { } key })
        {
            return null;
        }

        try
        {
            var table = DetectorAnswer.Content(results);
            var score = DetectorScore.Of(EfficacyKey.Read(key), DetectorAnswer.Of(table, stop));
            return new DetectionFinding
            {
                Sm3 = Convert.ToHexStringLower(Cryptography.Sm3.HashData(table)), Controls = score.Controls, FalseAlarms = score.FalseAlarms.Count, Defects = score.Defects,
                Killed = score.Killed, RightlyNamed = score.RightlyNamed, Unanswered = score.Unanswered.Count, ByNature = score.ByNature, ByItem = score.ByItem,
            };
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            return new DetectionFinding { Trouble = broken is InvalidDataException ? broken.Message : "结果表读不了" };
        }
    }
}
