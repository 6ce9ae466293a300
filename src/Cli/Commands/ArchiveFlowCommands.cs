using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using SmartCity.SecurityCheck.Demo;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probes.ElectronicArchives;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Cli;

/// <summary><c>archive dry-run</c> and <c>archive record</c>: flow files are tried before they are run, and written by clicking.</summary>
internal static class ArchiveFlowCommands
{
    public static Command DryRun()
    {
        var file = new Argument<string?>("流程文件") { Description = "YAML，中文动作", Arity = ArgumentArity.ZeroOrOne };
        var url = new Option<string?>("--url") { Description = "系统的网址；只连这一个 主机:端口", HelpName = "网址" };
        var print = new Option<bool>("--print") { Description = "打印一份流程的例子（演示系统的归档功能，各种动作都有），改成自己的；不连接任何主机" };
        var command = new DocumentedCommand(
            "dry-run",
            "试走流程：登录、打开页面，说出每一步会用哪个元素、按什么找到的；要改动系统的一步不做",
            ("securitycheck archive dry-run --print > flow.yaml", "写一份例子，照着改"),
            ("securitycheck archive dry-run flow.yaml --url https://portal.example.cn/", "正式运行之前先试走"))
        {
            file, url, print,
        };
        command.SetAction(async parsed =>
        {
            if (parsed.GetValue(print))
            {
                Console.Write(FlowSamples.Example);
                return ExitCode.Passed;
            }

            var path = parsed.GetValue(file) ?? throw new BadRequestException("没有给出流程文件；例子可用 archive dry-run --print 打印");
            var start = Address(parsed.GetValue(url));
            var flow = FlowReader.Read(path);
            using var interruption = new Interruption("收到中断：停止试走。");
            var target = new WebFlow { Id = "dry-run", Start = start, Flow = flow };
            var record = await Able(() => ArchiveFlowProbe.TryAsync(target, flow, Context(start, new Redactor(flow.Secrets.Values)), interruption.Stop));
            Show(record);
            return record.Steps.All(s => s.Outcome is StepOutcome.Done or StepOutcome.WouldUse) ? ExitCode.Passed : ExitCode.NeedsReview;
        });
        return command;
    }

    public static Command Record()
    {
        var url = new Option<string?>("--url") { Description = "系统的网址；只连这一个 主机:端口", HelpName = "网址" };
        var file = new Option<string?>("--out") { Description = "写成的流程文件", HelpName = "文件" };
        var command = new DocumentedCommand(
            "record",
            "打开浏览器，把人的点击、填写和选择写成流程文件；口令写成 ${变量}，不记内容；关掉浏览器就写文件",
            ("securitycheck archive record --url https://portal.example.cn/ --out flow.yaml", "录一遍归档操作"))
        {
            url, file,
        };
        command.SetAction(async parsed =>
        {
            var start = Address(parsed.GetValue(url));
            var to = parsed.GetValue(file) ?? throw new BadRequestException("缺少 --out");
            if (OperatingSystem.IsLinux() && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("DISPLAY")) && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("WAYLAND_DISPLAY")))
            {
                throw new BadRequestException("这台机器没有图形界面，打不开给人点的浏览器；请在有桌面的机器上录，或照 archive dry-run --print 打印的例子手写流程文件");
            }

            using var interruption = new Interruption("收到中断：写出已录的步骤。");
            var text = await Able(() => FlowRecorder.RecordAsync(start, Context(start, Redactor.None), interruption.Stop));
            await File.WriteAllTextAsync(to, text);
            Console.WriteLine($"流程已写入 {Printable.Of(Path.GetFullPath(to))}；请补上 证明、见到，再用 archive dry-run 试走。");
            return ExitCode.Passed;
        });
        return command;
    }

    private static async Task<T> Able<T>(Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (UnableException unable)
        {
            throw new BadRequestException(unable.Message);
        }
    }

    private static Uri Address(string? text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri : throw new BadRequestException("--url 应为 http(s):// 网址");

    private static ProbeContext Context(Uri start, Redactor redactor)
    {
        var scope = Scope.Of([new Endpoint { Id = "dry-run", Host = start.IdnHost.Trim('[', ']'), Port = start.Port }]);
        var tools = new ProcessToolRunner();
        return new ProbeContext
        {
            Scope = scope, Dialer = new SocketDialer(scope), Tools = tools, Shells = new SshShellAccess(tools, scope), Evidence = new DescribingEvidenceStore(redactor),
            Redactor = redactor, Clock = TimeProvider.System, Log = NullLogger.Instance, Shared = new SharedWork(),
        };
    }

    private static void Show(FlowRecord record)
    {
        Console.WriteLine($"登录：{Printable.Of(record.Login)}");
        foreach (var step in record.Steps)
        {
            Console.WriteLine($"{step.Id}  {step.Verb}  {EnumWords.Say(step.Outcome)}：{Printable.Of(step.Note)}");
            step.Used.ToList().ForEach(u => Console.WriteLine($"    用 {Printable.Of(u)}"));
            step.Candidates.ToList().ForEach(c => Console.WriteLine($"    候选 {Printable.Of(c)}"));
        }

        record.Blocked.ToList().ForEach(b => Console.WriteLine($"拦下 {Printable.Of(b)}"));
    }
}
