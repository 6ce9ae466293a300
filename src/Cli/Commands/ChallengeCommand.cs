using System.CommandLine;
using SmartCity.SecurityCheck.Probes.CommercialCrypto;
using Spectre.Console;

namespace SmartCity.SecurityCheck.Cli;

/// <summary><c>crypto challenge</c>: questions for the candidate's own implementations.</summary>
internal static class ChallengeCommand
{
    private const int UsualCases = 8;

    public static Command Create() => new DocumentedCommand(
        "crypto",
        "密码测评的准备：写出给被测实现计算的题目",
        ("securitycheck crypto challenge 题目.json", "写出 SM2、SM3、SM4 的随机题目"),
        ("securitycheck probe 算法 答案.json --set challenge=题目.json", "核对被测实现的答案"))
    {
        Challenge(),
    };

    private static DocumentedCommand Challenge()
    {
        var path = new Argument<string>("文件") { Description = "写到哪个文件；已有的文件不覆盖" };
        var cases = new Option<int>("--cases") { Description = $"每种操作的用例数，1 到 {AlgorithmChallenge.MostCases}", HelpName = "个数", DefaultValueFactory = _ => UsualCases };
        var command = new DocumentedCommand(
            "challenge",
            "写出随机题目；被测实现填好 output 后用 probe 算法 核对，事先准备的答案通不过",
            ("securitycheck crypto challenge 题目.json --cases 20", "每种操作 20 个用例"))
        {
            path, cases,
        };
        command.SetAction(parsed => WriteNew(parsed.GetValue(path)!, parsed.GetValue(cases)));
        return command;
    }

    private static int WriteNew(string path, int cases)
    {
        if (cases is < 1 or > AlgorithmChallenge.MostCases)
        {
            throw new BadRequestException($"--cases {cases} 不对，应为 1 到 {AlgorithmChallenge.MostCases}");
        }

        if (File.Exists(path))
        {
            throw new BadRequestException($"{path} 已经存在，没有覆盖");
        }

        using var writer = new StreamWriter(new FileStream(path, FileMode.CreateNew, FileAccess.Write));
        writer.Write(AlgorithmChallenge.Write(cases, TimeProvider.System.GetUtcNow()));
        Terminal.Out.WriteLine($"已写出 {path}。请被测实现逐个计算并填写 output，存成另一个文件；核对：securitycheck probe 算法 答案.json --set challenge={path}");
        return ExitCode.Passed;
    }
}
