using System.CommandLine;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Cli;

internal static class VerifyCommand
{
    public static Command Create()
    {
        var pack = new Argument<string>("证据包") { Description = "run 或 demo 生成的目录" };
        var key = new Option<string?>("--key") { Description = "应当的签名者公钥（PEM）；不给则接受任何密钥并说明", HelpName = "PEM" };
        var json = new Option<bool>("--json") { Description = "以 JSON 给出结果" };
        var command = new DocumentedCommand(
            "verify",
            "离线核验证据包：重算每个文件的 SHA-256 与 SM3，验证 SM2 签名，指出第一个不一致的文件",
            ("securitycheck verify packs/service-portal-20260101-090000", "核验一个证据包"),
            ("securitycheck verify PACK --key evaluator.pub.pem", "并确认签名者就是指定的单位"))
        {
            pack, key, json,
        };
        command.SetAction(parsed =>
        {
            var verdict = PackVerification.Verify(parsed.GetValue(pack)!, SigningKey.ReadPublic(parsed.GetValue(key)));
            var (exitCode, path, message) = Describe(verdict);
            var rules = (verdict as PackIntact)?.Manifest is { } intact ? OtherRules.In(intact) : null;
            if (parsed.GetValue(json))
            {
                RunWatch.Line(new { Intact = verdict is PackIntact, ExitCode = exitCode, Path = path, Message = message, (verdict as PackIntact)?.Manifest.Signer, (verdict as PackIntact)?.Manifest.Completion, Rules = rules });
            }
            else
            {
                (exitCode == ExitCode.Passed ? Console.Out : Console.Error).WriteLine(Printable.Of(message));
                if (rules is not null)
                {
                    OtherRules.Warn(rules);
                }
            }

            return exitCode;
        });
        return command;
    }

    private static (int ExitCode, string? Path, string Message) Describe(PackVerdict verdict) => verdict switch
    {
        PackIntact { Manifest: { Completion: Completion.Cancelled } manifest } => (
            ExitCode.NeedsReview, null, $"未被改动：{manifest.Files.Count} 个文件与签名一致。但该次运行被中断，不是完整的结果。{Signer(manifest)}"),
        PackIntact { Manifest: var manifest, SignerWasNamed: var named } => (
            ExitCode.Passed, null, $"未被改动：{manifest.Files.Count} 个文件的 SHA-256 与 SM3 全部一致，SM2 签名有效。{(named ? $"签名者与指定公钥一致（指纹 {manifest.Signer.Fingerprint}）。" : Signer(manifest))}"),
        PackDiffers differs => (ExitCode.Failed, differs.Path, $"已被改动：{differs.Path} — {differs.Message}"),
        PackUnfinished unfinished => (ExitCode.Failed, null, $"不是完整的证据包：{unfinished.Message}"),
        _ => (ExitCode.Internal, null, "未知结果"),
    };

    private static string Signer(PackManifest manifest) => manifest.Signer.IsPackLocal
        ? $"\n签名为自签（公钥指纹 {manifest.Signer.Fingerprint}）：只证明封存后未改动，不证明由谁出具；请另行核对指纹。"
        : $"\n签名公钥指纹 {manifest.Signer.Fingerprint}；未指定 --key，没有核对签名者身份。";
}
