using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>What <c>verify</c> says of a pack: what was proved, what was not, and what no verification can prove.</summary>
/// <param name="ExitCode">Of the process.</param>
/// <param name="Path">The first file that is wrong.</param>
/// <param name="Lines">For people.</param>
/// <param name="Follows">Whether what it concludes follows from what it holds; null where that could not be asked.</param>
/// <param name="Rules">Which rules judged; null where the pack is not intact.</param>
internal sealed record VerifiedPack(int ExitCode, string? Path, IReadOnlyList<string> Lines, bool? Follows, RulesUsed? Rules)
{
    private const int ShownFiles = 6;

    public static VerifiedPack Of(PackVerdict verdict) => verdict switch
    {
        PackDiffers { IsOtherSigner: true } differs => new(Cli.ExitCode.Failed, differs.Path, [$"签名者不符：{differs.Path} — {differs.Message}"], null, null),
        PackDiffers differs => new(Cli.ExitCode.Failed, differs.Path, [$"已被改动：{differs.Path} — {differs.Message}"], null, null),
        PackUnfinished unfinished => new(Cli.ExitCode.Failed, null, [$"不是完整的证据包：{unfinished.Message}"], null, null),
        _ => new(Cli.ExitCode.Internal, null, ["未知结果"], null, null),
    };

    public static async Task<VerifiedPack> ReviewAsync(string folder, PackIntact intact)
    {
        try
        {
            return await SealedPack.ReviewAsync(folder, intact.Manifest, withReports: true) switch
            {
                PackContradicts contradiction => new(
                    Cli.ExitCode.Failed, contradiction.Path, [SealedPack.Say(contradiction), $"封存本身未被改动，但封存的内容自相矛盾，不能作为依据。{Signer(intact)}"], false, OtherRules.In(intact.Manifest)),
                PackFollows follows => Of(intact, follows),
                _ => new(Cli.ExitCode.Internal, null, ["未知结果"], null, null),
            };
        }
        catch (Exception unreadable) when (unreadable is PackException or InputFaultException)
        {
            var why = unreadable is InputFaultException faults ? $"{faults.Faults[0]}" : unreadable.Message;
            return new(Cli.ExitCode.NeedsReview, null, [$"{Untouched(intact)}但本工具不能据此重新判定，包内的判定和报告没有得到证实：{why}", Signer(intact)], null, OtherRules.In(intact.Manifest));
        }
    }

    private static VerifiedPack Of(PackIntact intact, PackFollows follows)
    {
        var cancelled = intact.Manifest.Completion == Completion.Cancelled;
        return new(
            cancelled ? Cli.ExitCode.NeedsReview : Cli.ExitCode.Passed,
            null,
            [
                Untouched(intact) + (cancelled ? "但该次运行被中断，不是完整的结果。" : ""),
                $"判定可复现：按包内观测、规则、材料、豁免与人工确认重新判定，与 {PackLayout.Judgement} 逐字节相同；{Redone(follows)}",
                .. follows.RunSigner is { } signer ? [$"封存之后补过回答或豁免；观测、证据、规则和 candidate.yaml 与原来那次运行封存的相同（原签名公钥指纹 {signer.Fingerprint}{(signer.IsPackLocal ? "，自签" : "")}）。"] : Array.Empty<string>(),
                .. follows.Pack.Rules.AreBuiltIn ? Array.Empty<string>() : [$"包内规则与本工具自带的不同，判定只对包内规则成立：{Some(Others(follows.Pack.Rules))}"],
                .. follows.NotRedone.Count == 0 ? Array.Empty<string>() : [$"没有复算（只知道封存后未改动）：{Some(follows.NotRedone)}"],
                Signer(intact),
            ],
            true,
            follows.Pack.Rules);
    }

    private static string Redone(PackFollows follows) =>
        $"{follows.EvidenceFiles} 份证据与观测所记的杂凑值一致{(follows.Reports.Count == 0 ? "" : $"；{string.Join("、", follows.Reports)} 与重新生成的相同")}。";

    private static string Some(IReadOnlyList<string> files) =>
        string.Join("、", files.Take(ShownFiles)) + (files.Count > ShownFiles ? $" 等 {files.Count} 个文件" : "");

    private static IReadOnlyList<string> Others(RulesUsed rules) =>
        [.. rules.Files.Where(f => f.Source != RulesSource.BuiltIn).Select(f => f.Reference.File), .. rules.LeftOut.Select(f => $"{f}（没有使用）")];

    private static string Untouched(PackIntact intact) => $"未被改动：{intact.Manifest.Files.Count} 个文件的 SHA-256 与 SM3 全部一致，SM2 签名有效。";

    /// <summary>Observations and candidate.yaml are the word of whoever sealed them.</summary>
    private static string Signer(PackIntact intact)
    {
        var fingerprint = intact.Manifest.Signer.Fingerprint;
        return intact.SignerWasNamed ? $"签名者与指定公钥一致（指纹 {fingerprint}）；观测、证据和 candidate.yaml 是否属实，由签名者负责。"
            : intact.Manifest.Signer.IsPackLocal
                ? $"签名为自签（公钥指纹 {fingerprint}）：只证明封存后未改动，不证明由谁出具，也不证明观测、证据和 candidate.yaml 属实；请向出具人另行核对指纹。"
            : $"签名公钥指纹 {fingerprint}；未指定 --key，没有核对签名者身份：只证明封存后未改动，不证明观测、证据和 candidate.yaml 属实。";
    }
}
