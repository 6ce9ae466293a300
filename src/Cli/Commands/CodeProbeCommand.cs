using System.CommandLine;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Cli;

/// <summary><c>probe code</c>: folders of source.</summary>
internal static class CodeProbeCommand
{
    public static Command Create(string name)
    {
        var paths = new Argument<string[]>("目录") { Description = "源代码目录，可以多个；只读取，不执行其中任何东西（--build 除外）", Arity = ArgumentArity.ZeroOrMore };
        var history = new Option<bool>("--history") { Description = "连 .git 里的历史版本一起查密钥与口令（用本机的 git 读对象，不执行版本库里的任何东西）" };
        var build = CommonOptions.Build();
        var osv = new Option<string?>("--osv") { Description = "漏洞库：OSV 记录的目录或 zip，用来比较第三方组件；不给就不检测已知漏洞", HelpName = "路径" };
        var standing = new CodeStanding();
        var probing = new SingleProbing(Pillar.CodeSecurity, judges: true, tables: () => Product.RulesOf(Pillar.CodeSecurity).Rules.Library.Tables, beside: standing);
        var command = new DocumentedCommand(
            name,
            "源代码：规模与语言、密码用法、泄露的密钥与口令、依赖、C# 与 Java 缺陷",
            ($"securitycheck probe {name} ./src", "看一个目录"),
            ($"securitycheck probe {name} ./portal ./gateway --json code.json", "看两个目录，观测写成 JSON"),
            ($"securitycheck probe {name} ./src --evidence ./code-evidence", "再存下文件清单、SBOM 等证据"),
            ($"securitycheck probe {name} ./src --write-baseline base.json", "记下现有缺陷"),
            ($"securitycheck probe {name} ./src --java", "只看 Java 数据流，逐处给出代码路径"),
            ($"securitycheck probe {name} ./src --java --format sarif > java.sarif", "供编辑器与平台读取"),
            ($"securitycheck probe {name} ./src --baseline base.json --fail-on major", "流水线用：只有新增的重要及以上缺陷使退出码为 1"))
        {
            paths, history, build, osv,
        };
        probing.Options.ToList().ForEach(command.Add);
        command.SetAction(parsed =>
        {
            List<SourceTree> trees = [.. parsed.GetValue(paths)!.Select(Tree).Select(t => t with { History = parsed.GetValue(history), Build = parsed.GetValue(build), Osv = Existing(parsed.GetValue(osv)) })];
            return trees.Count > 0 ? probing.RunAsync(parsed, standing.Prepare(parsed, trees)) : throw new BadRequestException("没有给出源代码目录");
        });
        return command;
    }

    private static string? Existing(string? path) => path is null || Path.Exists(path) ? path is null ? null : Path.GetFullPath(path) : throw new BadRequestException($"--osv 指的 {path} 不存在");

    private static SourceTree Tree(string path, int index) => Directory.Exists(path)
        ? new SourceTree { Id = $"source-{index + 1}", Title = path, Path = Path.GetFullPath(path) }
        : throw new BadRequestException(File.Exists(path) ? $"{path} 是文件，应为目录" : $"目录不存在：{path}");
}
