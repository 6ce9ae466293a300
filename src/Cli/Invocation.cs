using System.CommandLine;
using System.CommandLine.Parsing;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>Runs a command line; every end of it, foreseen or not, becomes an exit code and a Chinese sentence on stderr.</summary>
internal static class Invocation
{
    public static async Task<int> RunAsync(RootCommand root, string[] args)
    {
        if (args.Length == 0)
        {
            ChineseHelp.Write(root, Console.Out);
            return ExitCode.Passed;
        }

        var parsed = root.Parse(args);
        if (parsed.Errors.Count > 0 && parsed.Action is not ChineseHelp)
        {
            foreach (var error in parsed.Errors)
            {
                Console.Error.WriteLine(Printable.Of($"命令行有误：{InChinese(error.Message)}"));
            }

            Console.Error.WriteLine($"用 securitycheck {PathOf(parsed)}--help 查看用法。");
            return ExitCode.BadInput;
        }

        try
        {
            return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = null });
        }
        catch (Exception trouble)
        {
            return Explain(trouble);
        }
    }

    private static string PathOf(ParseResult parsed)
    {
        var path = "";
        for (SymbolResult? at = parsed.CommandResult; at is CommandResult { Command: not RootCommand } command; at = at.Parent)
        {
            path = $"{command.Command.Name} {path}";
        }

        return path;
    }

    private static int Explain(Exception trouble)
    {
        switch (trouble)
        {
            case InputFaultException faults:
                faults.Faults.ToList().ForEach(f => Console.Error.WriteLine(Printable.Of($"{f}")));
                Console.Error.WriteLine($"共 {faults.Faults.Count} 处错误；没有连接任何主机。");
                return ExitCode.BadInput;
            case ClassifiedSystemException or PackException or BadRequestException:
                Console.Error.WriteLine(Printable.Of(trouble.Message));
                return ExitCode.BadInput;
            case EvidenceLostException or IOException or UnauthorizedAccessException:
                Console.Error.WriteLine(Printable.Of($"写盘失败：{trouble.Message}"));
                return ExitCode.Internal;
            default:
                Console.Error.WriteLine(Printable.Of($"程序内部错误：{trouble}"));
                return ExitCode.Internal;
        }
    }

    /// <summary>The parser's own sentences are English; the common ones are said again.</summary>
    private static string InChinese(string message)
    {
        var quoted = message.IndexOf('\'') is var open && open >= 0 && message.LastIndexOf('\'') > open ? message[(open + 1)..message.LastIndexOf('\'')] : "";
        return message switch
        {
            _ when message.StartsWith("Unrecognized command or argument", StringComparison.Ordinal) => $"不认识的命令或参数 {quoted}",
            _ when message.StartsWith("Required command was not provided", StringComparison.Ordinal) => "缺少子命令",
            _ when message.StartsWith("Required argument", StringComparison.Ordinal) => $"缺少参数 {quoted.Split('\'')[0]}",
            _ when message.StartsWith("Option '", StringComparison.Ordinal) && message.Contains("is required", StringComparison.Ordinal) => $"缺少选项 {quoted}",
            _ when message.StartsWith("Argument '", StringComparison.Ordinal) && message.Contains("not recognized", StringComparison.Ordinal) => $"值不在可选范围：{message}",
            _ => message,
        };
    }
}

/// <summary>The user asked for something that cannot be done as asked; the message says what would be right.</summary>
internal sealed class BadRequestException(string message) : Exception(message);
