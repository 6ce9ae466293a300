using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>What was compared in the packages of one target, and the OFD files among them.</summary>
public sealed record ReviewedPackage
{
    public required string TargetId { get; init; }

    public required string Name { get; init; }

    /// <summary>Labelled facts of scope.</summary>
    public required IReadOnlyList<(string Label, string Value)> Scope { get; init; }

    /// <summary>Why nothing was compared; null where it was.</summary>
    public string? Trouble { get; init; }

    /// <summary>What could not be read.</summary>
    public required IReadOnlyList<string> Problems { get; init; }

    /// <summary>The items of DA/T 70 that the rules judge, in their order.</summary>
    public required IReadOnlyList<ReviewedItem> Items { get; init; }

    public required IReadOnlyList<ReviewedOfd> Ofd { get; init; }

    /// <summary>Why OFD files are not all listed; null where they are.</summary>
    public string? OfdTrouble { get; init; }

    /// <summary>What the system's own detection came to; null where no results were given.</summary>
    public ReviewedDetection? Detection { get; init; }

    /// <summary>Ids.</summary>
    public required IReadOnlyList<string> Evidence { get; init; }

    internal static ReviewedPackage Of(EvidencePack pack, ArchivePackage target, List<Judgement> judgements)
    {
        var observed = ArchivingReview.Observations(pack, target.TargetId, "archives.package").FirstOrDefault();
        var data = observed?.Data ?? default;
        var compared = data.ValueKind == JsonValueKind.Object
            ? data.EnumerateObject().Select(p => p.Value).Where(v => v.ValueKind == JsonValueKind.Object && v.Text("id") is not null).DistinctBy(v => v.Text("id"), StringComparer.Ordinal).ToDictionary(v => v.Text("id")!, StringComparer.Ordinal)
            : [];
        var titles = pack.Requirements.DistinctBy(r => r.Id, StringComparer.Ordinal).ToDictionary(r => r.Id, r => r.Title, StringComparer.Ordinal);
        var files = ArchivingReview.Observations(pack, target.TargetId, "archives.ofd").FirstOrDefault();
        return new ReviewedPackage
        {
            TargetId = target.TargetId,
            Name = ReportAssembly.TargetName(pack.Candidate, target.TargetId),
            Scope = [.. Facts(data, target)],
            Trouble = observed is null ? ArchivingReview.Trouble(pack, target.TargetId, "archives.package") : null,
            Problems = [.. data.Texts("problems")],
            Items = [.. judgements.Where(j => j.TargetId == target.TargetId && ReviewedItem.IdOf(j.RequirementId) is not null)
                .Select(j => ReviewedItem.Of(j, titles[j.RequirementId], compared.GetValueOrDefault(ReviewedItem.IdOf(j.RequirementId)!)))
                .OrderBy(i => i.Order)],
            Detection = data.ValueKind == JsonValueKind.Object ? ReviewedDetection.Of(ArchivingReview.Part(data, "detection")) : null,
            Ofd = [.. files?.Data.Items("files").Select(f => ReviewedOfd.Of(f, files)) ?? []],
            OfdTrouble = files is null ? ArchivingReview.Trouble(pack, target.TargetId, "archives.ofd")
                : files.Data.HasList("files") ? null : "OFD 文件没有看全，不能逐个列出；看到的问题见“问题清单”，看到的部分见证据里的 ofd-files.txt",
            Evidence = [.. (observed?.Evidence ?? []).Concat(files?.Evidence ?? []).Select(e => e.Id)],
        };
    }

    private static IEnumerable<(string, string)> Facts(JsonElement data, ArchivePackage target)
    {
        yield return ("环节", EnumWords.Say(target.Stage));
        if (data.ValueKind == JsonValueKind.Object)
        {
            yield return ("信息包规范", data.Text("profile") ?? "没有写明");
            yield return ("元数据方案", data.Text("scheme") ?? "没有，凡要方案的项目都没有比对");
            yield return ("读到", $"{data.Number("packages")?.ToString() ?? "？"} 个信息包，{data.Number("files")?.ToString() ?? "？"} 个文件");
        }
    }
}

/// <summary>One item of DA/T 70 with both sides of the comparison.</summary>
/// <param name="Id">Such as <c>1-2</c>.</param>
/// <param name="Title">Of the requirement.</param>
/// <param name="Left">What was taken; null where the probe had nothing to tell.</param>
/// <param name="Right">What it was held against.</param>
/// <param name="Comparisons">Pairs; null as <paramref name="Left"/>.</param>
/// <param name="DifferenceCount">All of them.</param>
/// <param name="Differences">The first of them, with place and both values.</param>
/// <param name="Open">What was not compared, and why.</param>
/// <param name="Remarks">Weak, and no difference.</param>
/// <param name="Judgement">Of the rules.</param>
public sealed record ReviewedItem(
    string Id, string Title, string? Left, string? Right, int? Comparisons, int DifferenceCount, IReadOnlyList<ReviewedDifference> Differences, IReadOnlyList<string> Open, IReadOnlyList<string> Remarks, Judgement Judgement)
{
    private const string Prefix = "DAT70-";

    /// <summary>真实性, 完整性, 可用性 or 安全性; 未归类 for items of no group of DA/T 70.</summary>
    public string Nature => Id[0] switch { '1' => "真实性", '2' => "完整性", '3' => "可用性", '4' => "安全性", _ => "未归类" };

    /// <summary>How the count is said.</summary>
    public string Count => Comparisons is { } times ? times == 0 ? "没有比对" : $"比 {times} 次，出入 {DifferenceCount} 处" : "没有比对";

    internal (int, int) Order => Id.Split('-') is [var a, var b] && int.TryParse(a, out var x) && int.TryParse(b, out var y) ? (x, y) : (9, 0);

    internal static string? IdOf(string requirementId) => requirementId.StartsWith(Prefix, StringComparison.Ordinal) && requirementId.Length > Prefix.Length ? requirementId[Prefix.Length..] : null;

    internal static ReviewedItem Of(Judgement judgement, string title, JsonElement compared) => new(
        IdOf(judgement.RequirementId)!, title, compared.Text("left"), compared.Text("right"), compared.Number("comparisons"), compared.Number("differenceCount") ?? 0,
        [.. compared.Items("differences").Select(d => new ReviewedDifference(d.Text("place") ?? "", d.Text("left") ?? "", d.Text("right") ?? ""))],
        [.. compared.Texts("open")], [.. compared.Texts("remarks")], judgement);
}

/// <param name="Place">Package, file or element.</param>
/// <param name="Left">The value.</param>
/// <param name="Right">What it was held against.</param>
public sealed record ReviewedDifference(string Place, string Left, string Right);
