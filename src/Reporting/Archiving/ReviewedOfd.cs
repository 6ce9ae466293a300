using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Reporting;

/// <summary>An OFD file with its answer.</summary>
/// <param name="File">Path in the package.</param>
/// <param name="Answer">Such as <c>INTACT</c>; 未给出 where the observation holds none.</param>
/// <param name="Meaning">Of the answer, for people.</param>
/// <param name="Reasons">For people.</param>
/// <param name="Signatures">One sentence each.</param>
/// <param name="Pictures">Ids of evidence: pages with a seal, drawn roughly.</param>
public sealed record ReviewedOfd(string File, string Answer, string Meaning, IReadOnlyList<string> Reasons, IReadOnlyList<string> Signatures, IReadOnlyList<string> Pictures)
{
    private static readonly Dictionary<string, (string Word, string Meaning)> Answers = new(StringComparer.Ordinal)
    {
        ["intact"] = ("INTACT", "完好"),
        ["superseded"] = ("SUPERSEDED", "已被后续签章覆盖"),
        ["unsigned"] = ("UNSIGNED", "没有签名"),
        ["undecidable"] = ("UNDECIDABLE", "无法判定"),
        ["expiredAtSigning"] = ("EXPIRED_AT_SIGNING", "签名时证书或印章已失效"),
        ["structureError"] = ("STRUCTURE_ERROR", "结构错误"),
        ["tampered"] = ("TAMPERED", "被改动或签名不成立"),
    };

    /// <summary>Nothing speaks against it; trust in the signer is another question.</summary>
    public bool IsWhole => Answer is "INTACT" or "SUPERSEDED";

    internal static ReviewedOfd Of(JsonElement file, Observation observation)
    {
        var path = file.Text("file") ?? "";
        var (word, meaning) = Say(file.Text("answer"));
        return new ReviewedOfd(
            path, word, meaning, [.. file.Texts("reasons")], [.. file.Items("signatures").Select(Sentence)],
            [.. observation.Evidence.Where(e => e.MediaType == "image/svg+xml" && e.Description.StartsWith($"{path} 页 ", StringComparison.Ordinal)).Select(e => e.Id)]);
    }

    private static (string Word, string Meaning) Say(string? answer) => answer is not null && Answers.TryGetValue(answer, out var said) ? said : ("未给出", "观测里没有结论");

    private static string Sentence(JsonElement signature)
    {
        var (word, meaning) = Say(signature.Text("answer"));
        List<string> parts = [$"签名 {signature.Text("id") ?? "？"}：{word}（{meaning}）"];
        parts.AddRange(new[] { ("印章", signature.Text("sealName")), ("签名者", signature.Text("signer")) }.Where(p => p.Item2 is not null).Select(p => $"{p.Item1} {p.Item2}"));
        if (signature.Moment("signedAt") is { } moment)
        {
            parts.Add($"签于 {BeijingTime.ClockOf(moment):yyyy-MM-dd HH:mm}（北京时间）");
        }

        parts.Add(signature.Flag("isTrusted") switch { true => "链到所配置的信任根", false => "链不到所配置的信任根", _ => signature.Has("isTrusted") ? "未配置信任根" : "信任未判定" });
        return string.Join("；", parts.Concat(signature.Texts("reasons").Take(3)));
    }
}
