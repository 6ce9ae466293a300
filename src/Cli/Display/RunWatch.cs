using System.Text.Json;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Probing;
using Spectre.Console;

namespace SmartCity.SecurityCheck.Cli;

/// <summary>Shows a run while it goes on: a bar on a terminal, lines in a log, JSON events for programs.</summary>
internal static class RunWatch
{
    public static async Task<T> ShowAsync<T>(bool json, Func<IProgress<RunEvent>, Task<T>> run)
    {
        if (json)
        {
            return await run(new EventLines());
        }

        if (Console.IsErrorRedirected)
        {
            return await run(new PlainLines());
        }

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn { Width = 24 }, new PercentageColumn(), new ElapsedTimeColumn())
            .StartAsync(async context => await run(new Bar(context.AddTask("准备", maxValue: 1), console)));
    }

    private sealed class Bar(ProgressTask task, IAnsiConsole console) : IProgress<RunEvent>
    {
        private readonly Lock _gate = new();

        public void Report(RunEvent value)
        {
            lock (_gate)
            {
                switch (value)
                {
                    case StageStarted stage:
                        task.Description = stage.Stage;
                        break;
                    case ProbingStarted probing:
                        task.MaxValue = Math.Max(1, probing.Total);
                        break;
                    case ProbeStarted started:
                        task.Description = Markup.Escape(Short(started.Title));
                        break;
                    case ProbeEnded ended:
                        task.Value = ended.Done;
                        break;
                    case Noticed noticed:
                        console.MarkupLineInterpolated($"[yellow]注意[/] {Printable.Of(noticed.Message)}");
                        break;
                }
            }
        }

        private static string Short(string title) => title.Length > 18 ? string.Concat(title.AsSpan(0, 17), "…") : title;
    }

    /// <summary>A log is read afterwards: each tenth of the way, and every probe that came to nothing.</summary>
    private sealed class PlainLines : IProgress<RunEvent>
    {
        private const int Parts = 10;

        private readonly Lock _gate = new();
        private int _told;

        public void Report(RunEvent value)
        {
            lock (_gate)
            {
                switch (value)
                {
                    case StageStarted stage:
                        Console.Error.WriteLine($"{stage.Stage} …");
                        break;
                    case ProbeEnded ended:
                        Tell(ended);
                        break;
                    case Noticed noticed:
                        Console.Error.WriteLine(Printable.Of($"注意：{noticed.Message}"));
                        break;
                }
            }
        }

        private void Tell(ProbeEnded ended)
        {
            var place = $"  [{ended.Done}/{ended.Total}]";
            if (ended.Record.Outcome is Unable)
            {
                Console.Error.WriteLine($"{place} {ended.Record.ProbeId} {ended.Record.TargetId} {EndWord(ended.Record.Outcome)} {ended.Record.Elapsed.TotalSeconds:0.00}s");
            }

            var part = Parts * ended.Done / Math.Max(1, ended.Total);
            if (part > _told || ended.Done == ended.Total)
            {
                _told = part;
                Console.Error.WriteLine($"{place} 个探针已完成");
            }
        }
    }

    private sealed class EventLines : IProgress<RunEvent>
    {
        public void Report(RunEvent value)
        {
            switch (value)
            {
                case StageStarted stage:
                    Line(new { Event = "stage", stage.Stage });
                    break;
                case ProbingStarted probing:
                    Line(new { Event = "probing", probing.Total });
                    break;
                case ProbeStarted started:
                    Line(new { Event = "probeStarted", Probe = started.ProbeId, Target = started.TargetId, started.Title });
                    break;
                case ProbeEnded ended:
                    Line(new
                    {
                        Event = "probeEnded",
                        Probe = ended.Record.ProbeId,
                        Target = ended.Record.TargetId,
                        Outcome = JsonNamingPolicy.CamelCase.ConvertName(ended.Record.Outcome.GetType().Name),
                        Unable = ended.Record.Outcome is Unable unable ? new RecordedFailure(unable.Kind, unable.Message) : null,
                        Seconds = Math.Round(ended.Record.Elapsed.TotalSeconds, 3),
                        ended.Done,
                        ended.Total,
                    });
                    break;
                case Noticed noticed:
                    Line(new { Event = "notice", noticed.Message });
                    break;
            }
        }
    }

    public static void Line<T>(T value) => Console.Out.WriteLine(JsonSerializer.Serialize(value, ObservationJson.Compact));

    public static string EndWord(ProbeOutcome outcome) => outcome switch
    {
        Observed => "已观测",
        NotNeeded => Verdict.NotApplicable.Name(),
        Unable unable => $"未核验（{unable.Kind.Name()}）",
        _ => "",
    };
}
