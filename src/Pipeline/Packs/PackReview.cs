using System.Text.Json;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Pipeline;

/// <summary>What a review stands on: the reader's own tool, never what the pack says of itself.</summary>
public sealed record PackReviewTools
{
    public required ProbeCatalogue Probes { get; init; }

    public required BuiltInRules BuiltIn { get; init; }

    /// <summary>Of formats whose bytes repeat; a PDF carries a date.</summary>
    public IReadOnlyList<IReportWriter> Writers { get; init; } = [];

    public required string ToolVersion { get; init; }
}

/// <summary>
/// 复算 · whether what a pack concludes follows from what it holds. A seal says only that nothing changed since it was made, and anybody
/// can change a pack and make another. Judged anew are the pack's observations, answers and waivers by the pack's rules and clock. What
/// stays possible to whoever makes packs: other observations with other evidence, and another candidate.yaml. Closed.
/// </summary>
public abstract record PackReview
{
    private protected PackReview() { }

    /// <param name="folder">The pack.</param>
    /// <param name="manifest">Its manifest, verified; null where nobody asked for a seal.</param>
    /// <param name="tools">The reader's.</param>
    /// <exception cref="PackException">It cannot be read by this tool, so nothing is known.</exception>
    /// <exception cref="InputFaultException">Its candidate.yaml or rules cannot be read by this tool.</exception>
    public static async Task<PackReview> OfAsync(string folder, PackManifest? manifest, PackReviewTools tools)
    {
        var (candidate, run, records) = PackReader.ReadObservations(folder);
        var rules = PackReader.RulesOf(folder, tools);
        var files = manifest?.Files ?? HashesOf(folder);
        var (runSigner, changed) = RunSeal.Check(folder, files);
        if (changed is not null)
        {
            return changed;
        }

        var pack = Rejudging.Judge(candidate, rules, tools.Probes, records, run);
        if ((RunDifference.Of(pack, rules, manifest) ?? EvidenceDifference.Of(pack, files) ?? OfJudgement(folder, pack, tools)) is { } difference)
        {
            return difference;
        }

        pack = PackPictures.With(pack, folder);
        var (redone, differing) = await ReportsAsync(folder, pack, files, tools);
        return differing ?? (PackReview)new PackFollows(pack, redone, pack.Evidence.Count, [.. NotRedone(pack, redone, files, tools)]) { RunSigner = runSigner };
    }

    private static IReadOnlyList<PackedFile> HashesOf(string folder)
    {
        try
        {
            return PackSeal.Hash(folder);
        }
        catch (IOException unreadable)
        {
            throw new PackException($"证据包里有读不了的文件：{unreadable.Message}", unreadable);
        }
    }

    private static PackContradicts? OfJudgement(string folder, EvidencePack pack, PackReviewTools tools)
    {
        byte[] again = [.. JsonSerializer.SerializeToUtf8Bytes(pack.Judgement, ObservationJson.Options), (byte)'\n'];
        var difference = PackReader.ReadBytes(folder, PackLayout.Judgement) is { } stored ? JudgementDifference.Of(stored, again) : $"缺少 {PackLayout.Judgement}";
        return difference is null ? null : new PackContradicts(PackLayout.Judgement, $"判定与观测不符：{difference}{OtherVersion(pack, tools)}");
    }

    /// <summary>Only the same version promises the same bytes of a report.</summary>
    private static async Task<(List<string> Redone, PackContradicts? Differing)> ReportsAsync(string folder, EvidencePack pack, IReadOnlyList<PackedFile> files, PackReviewTools tools)
    {
        var redone = new List<string>();
        var report = AcceptanceReport.From(pack);
        foreach (var writer in pack.Run.ToolVersion != tools.ToolVersion ? [] : tools.Writers.Where(w => files.Any(f => f.Path == w.FileName)))
        {
            if (!writer.Fits(report))
            {
                return (redone, new PackContradicts(writer.FileName, "与包内判定不符：按包内内容不该有这份报告"));
            }

            using var again = new MemoryStream();
            await writer.WriteAsync(report, again, CancellationToken.None);
            if (PackReader.ReadBytes(folder, writer.FileName) is not { } stored || !stored.AsSpan().SequenceEqual(again.ToArray()))
            {
                return (redone, new PackContradicts(writer.FileName, "与包内判定不符：由包内内容重新生成的报告与它不同"));
            }

            redone.Add(writer.FileName);
        }

        return (redone, null);
    }

    private static IEnumerable<string> NotRedone(EvidencePack pack, List<string> redone, IReadOnlyList<PackedFile> files, PackReviewTools tools)
    {
        var known = pack.Evidence.Select(e => e.RelativePath).Concat(redone).Concat([PackLayout.Candidate, PackLayout.Run, PackLayout.Judgement]).ToHashSet(StringComparer.Ordinal);
        foreach (var file in files.Select(f => f.Path).Where(p => !known.Contains(p) && !IsRead(p)).Order(StringComparer.Ordinal))
        {
            yield return tools.Writers.Any(w => w.FileName == file) ? $"{file}（由 {pack.Run.ToolVersion} 版写出，本工具是 {tools.ToolVersion} 版）" : file;
        }
    }

    private static bool IsRead(string path) =>
        path.StartsWith($"{PackLayout.Rulesets}/", StringComparison.Ordinal)
        || path == $"{PackLayout.Statements}/{StatementReading.LogFile}"
        || path.StartsWith($"{PackLayout.Statements}/{StatementReading.FilesFolder}/", StringComparison.Ordinal)
        || path.StartsWith($"{RunSeal.Folder}/", StringComparison.Ordinal)
        || path == $"{PackLayout.Protection}/answers.yaml"
        || (path.StartsWith($"{PackLayout.Observations}/", StringComparison.Ordinal) && path.EndsWith(".json", StringComparison.Ordinal));

    private static string OtherVersion(EvidencePack pack, PackReviewTools tools) => pack.Run.ToolVersion == tools.ToolVersion
        ? ""
        : $"。该包自称由 {pack.Run.ToolVersion} 版做出，本工具是 {tools.ToolVersion} 版，版本不同也可能使判定不同，请用同一版本再核验";
}

/// <summary>Everything that follows from observations is what follows from them.</summary>
/// <param name="Pack">As judged anew.</param>
/// <param name="Reports">Written anew with the same bytes.</param>
/// <param name="EvidenceFiles">How many files have the digests their observations recorded.</param>
/// <param name="NotRedone">Other files, ordinal order, which nothing but the seal vouches for.</param>
public sealed record PackFollows(EvidencePack Pack, IReadOnlyList<string> Reports, int EvidenceFiles, IReadOnlyList<string> NotRedone) : PackReview
{
    /// <summary>Who sealed the run, where the pack was sealed again with answers and what was observed is what was sealed then.</summary>
    public PackSigner? RunSigner { get; init; }
}

/// <summary>Two parts of the pack exclude each other.</summary>
/// <param name="Path">The file that says something else than those it should follow from.</param>
/// <param name="Message">The first difference with both values.</param>
public sealed record PackContradicts(string Path, string Message) : PackReview;
