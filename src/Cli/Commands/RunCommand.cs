using System.CommandLine;

namespace SmartCity.SecurityCheck.Cli;

internal static class RunCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("candidate.yaml") { Description = "被测系统的描述文件", DefaultValueFactory = _ => "candidate.yaml" };
        var profile = new Option<string?>("--profile") { Description = "验收办法，覆盖 candidate.yaml 里的 profile", HelpName = "编号" };
        var (rulesets, output, json, failOn, stage) = (CommonOptions.Rulesets(), CommonOptions.Out(), CommonOptions.JsonEvents(), CommonOptions.FailOn(), CommonOptions.Stage());
        var cache = new Option<string?>("--cache") { Description = "源代码检测的缓存目录，没有变的文件沿用上次的发现（默认不用缓存）", HelpName = "目录" };
        var build = CommonOptions.Build();
        var (intrusive, signKey, password, noPdf) = (CommonOptions.AllowIntrusive(), CommonOptions.SignKey(), CommonOptions.SignKeyPassword(), CommonOptions.NoPdf());
        var command = new DocumentedCommand(
            "run",
            "对被测系统做一次完整核验：探测、判定、出报告、封存证据包",
            ("securitycheck run candidate.yaml", "读 candidate.yaml，结果放进 packs/ 下的新目录"),
            ("securitycheck run candidate.yaml --fail-on major --json", "流水线用：有重要及以上问题时退出码为 1"),
            ("securitycheck run candidate.yaml --sign-key evaluator.pem", "用测评单位自己的 SM2 私钥签名"))
        {
            file, output, profile, failOn, stage, rulesets, signKey, password, noPdf, intrusive, build, cache, json,
        };
        command.SetAction(async parsed =>
        {
            using var key = SigningKey.Read(parsed.GetValue(signKey), parsed.GetValue(password));
            var wishes = new RunWishes
            {
                File = parsed.GetValue(file)!,
                Profile = parsed.GetValue(profile),
                Rulesets = parsed.GetValue(rulesets),
                Output = parsed.GetValue(output),
                Cache = parsed.GetValue(cache),
                FailOn = parsed.GetValue(failOn),
                Stage = parsed.GetValue(stage),
                Build = parsed.GetValue(build),
                AllowIntrusive = parsed.GetValue(intrusive),
                SignKey = key,
                Writers = [.. Product.Formats.Where(f => f != "pdf" || !parsed.GetValue(noPdf)).Select(Product.Writer)],
            };
            return await RunExecution.ExecuteAsync(await RunPreparation.PrepareAsync(wishes), parsed.GetValue(json));
        });
        return command;
    }
}
