using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>--help in Chinese, for 80 columns or fewer.</summary>
internal sealed class ChineseHelp : SynchronousCommandLineAction
{
    private const int Left = 26;

    public override bool ClearsParseErrors => true;

    /// <summary>Replaces the help of a command tree.</summary>
    public static void Install(RootCommand root)
    {
        foreach (var option in root.Options)
        {
            switch (option)
            {
                case HelpOption help:
                    help.Description = "显示帮助";
                    help.Action = new ChineseHelp();
                    break;
                case VersionOption version:
                    version.Description = "显示版本";
                    break;
            }
        }
    }

    public override int Invoke(ParseResult parseResult)
    {
        Write(parseResult.CommandResult.Command, parseResult.InvocationConfiguration.Output);
        return ExitCode.Passed;
    }

    public static void Write(Command command, TextWriter output)
    {
        foreach (var line in TextColumns.Wrap(command.Description ?? "", Terminal.TextWidth))
        {
            output.WriteLine(line);
        }

        output.WriteLine();
        output.WriteLine("用法：");
        output.WriteLine($"  {Usage(command)}");
        Section(output, "命令：", command.Subcommands.Where(c => !c.Hidden).Select(c => (c.Name, c.Description ?? "")));
        Section(output, "参数：", command.Arguments.Where(a => !a.Hidden).Select(a => ($"<{a.Name}>", a.Description ?? "")));
        Section(output, "选项：", Options(command).Select(o => (Label(o), o.Description ?? "")));
        foreach (var (title, rows) in (command as DocumentedCommand)?.Tables ?? [])
        {
            Section(output, title, rows);
        }

        if (command is DocumentedCommand { Examples.Count: > 0 } documented)
        {
            output.WriteLine();
            output.WriteLine("示例：");
            foreach (var (line, means) in documented.Examples)
            {
                output.WriteLine($"  {line}");
                output.WriteLine($"      {means}");
            }
        }
    }

    private static IEnumerable<Option> Options(Command command) =>
        command.Options.Concat(command.Parents.OfType<Command>().SelectMany(p => p.Options).Where(o => o.Recursive)).Where(o => !o.Hidden);

    private static string Usage(Command command)
    {
        var path = new Stack<string>();
        for (var at = command; at is not null; at = at.Parents.OfType<Command>().FirstOrDefault())
        {
            path.Push(at is RootCommand ? "securitycheck" : at.Name);
        }

        var arguments = command.Arguments.Where(a => !a.Hidden).Select(a => a.Arity is { MaximumNumberOfValues: > 1, MinimumNumberOfValues: 0 } ? $"[{a.Name}]…" : a.Arity.MaximumNumberOfValues > 1 ? $"<{a.Name}>…" : a.Arity.MinimumNumberOfValues == 0 ? $"[{a.Name}]" : $"<{a.Name}>");
        return string.Join(' ', [.. path, .. command.Subcommands.Count > 0 ? ["<命令>"] : Array.Empty<string>(), .. arguments, "[选项]"]);
    }

    private static string Label(Option option)
    {
        var names = string.Join(", ", option.Aliases.Where(a => a is not ("-?" or "/?" or "/h")).Order(StringComparer.Ordinal).Append(option.Name));
        return option.ValueType == typeof(bool) || option is HelpOption or VersionOption ? names : $"{names} <{option.HelpName ?? "值"}>";
    }

    private static void Section(TextWriter output, string title, IEnumerable<(string Left, string Right)> rows)
    {
        var listed = rows.ToList();
        if (listed.Count == 0)
        {
            return;
        }

        output.WriteLine();
        output.WriteLine(title);
        foreach (var (left, right) in listed)
        {
            var lines = TextColumns.Wrap(right, Terminal.TextWidth - Left - 2).ToList();
            var head = $"  {left}";
            if (TextColumns.WidthOf(head) >= Left)
            {
                output.WriteLine(head);
                head = "";
            }

            foreach (var line in lines)
            {
                output.WriteLine($"{head}{new string(' ', Left - TextColumns.WidthOf(head))}{line}");
                head = "";
            }
        }
    }
}
