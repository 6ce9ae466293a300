using System.CommandLine;
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
            "离线核验证据包：重算每个文件的 SHA-256 与 SM3，验证 SM2 签名，按包内观测与规则重新判定并与包内判定、报告比较，指出第一个不一致的文件",
            ("securitycheck verify packs/service-portal-20260101-090000", "核验一个证据包"),
            ("securitycheck verify PACK --key evaluator.pub.pem", "并确认签名者就是指定的单位"))
        {
            pack, key, json,
        };
        command.SetAction(async parsed =>
        {
            var folder = parsed.GetValue(pack)!;
            var verdict = PackVerification.Verify(folder, SigningKey.ReadPublic(parsed.GetValue(key)));
            var verified = verdict is PackIntact intact ? await VerifiedPack.ReviewAsync(folder, intact) : VerifiedPack.Of(verdict);
            if (parsed.GetValue(json))
            {
                RunWatch.Line(new
                {
                    Intact = verdict is PackIntact,
                    verified.Follows,
                    verified.ExitCode,
                    verified.Path,
                    Message = string.Join('\n', verified.Lines),
                    (verdict as PackIntact)?.Manifest.Signer,
                    (verdict as PackIntact)?.Manifest.Completion,
                    verified.Rules,
                });
            }
            else
            {
                verified.Lines.ToList().ForEach(line => (verified.ExitCode == ExitCode.Passed ? Console.Out : Console.Error).WriteLine(Printable.Of(line)));
                if (verified.Rules is not null)
                {
                    OtherRules.Warn(verified.Rules);
                }
            }

            return verified.ExitCode;
        });
        return command;
    }
}
