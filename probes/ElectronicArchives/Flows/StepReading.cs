using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>What a step reads once it has done what it does.</summary>
internal sealed partial class StepReading(FlowStep step, FlowPage page, FlowWork work, StepNotes notes, StepWatch watch, CancellationToken stop)
{
    private const int MostToldRows = 50;

    /// <summary>Characters; the page's script cuts longer values.</summary>
    private const int MostShown = 200;

    public async Task ReadAsync()
    {
        if (step.AtLeastRows is { } least)
        {
            await RowsAsync(least);
        }

        foreach (var text in step.WithoutControls)
        {
            await WithoutAsync(text);
        }

        var seen = await watch.LookAsync();
        if (step.TakeTable is { } name)
        {
            var table = TableOf(seen);
            work.Keep(name, table);
            notes.Seen.AddRange([$"表格 {table.Title}：{string.Join(" | ", table.Headers)}", .. table.Rows.Take(MostToldRows).Select(r => string.Join(" | ", r)), $"取表 {table.Rows.Count} 行"]);
        }

        if (step.TakeFields is { } fields)
        {
            Fields(seen, fields);
        }

        step.Remember.ToList().ForEach(m => Remember(seen, m));
        if (step.Interface is { } asked)
        {
            await AskAsync(asked);
        }

        if (step.RowCountOf is { } label)
        {
            Count(seen, label);
        }

        if (step.Package is { } package)
        {
            Compare(package);
        }
    }

    private SeenTable TableOf(PageSnapshot seen)
    {
        var (table, candidates) = ElementResolver.Table(seen, step.Sight?.Table ?? step.AwaitRow?.Table);
        return table ?? throw new StepEndException(candidates.Count > 1 ? StepOutcome.Ambiguous : StepOutcome.NotFound, candidates.Count > 1 ? "表格不止一个，没有替人选" : "没有表格", candidates);
    }

    private async Task RowsAsync(int least)
    {
        SeenTable? table = null;
        var seen = new PageSnapshot([]);
        await watch.UntilAsync((now, isOver) =>
        {
            (seen, table) = (now, isOver ? TableOf(now) : ElementResolver.Table(now, step.Sight?.Table ?? step.AwaitRow?.Table).Table);
            return table is not null && StepWatch.Filled(table).Count >= least ? true : null;
        });
        var rows = StepWatch.Filled(table!).Count;
        if (rows < least)
        {
            var unseen = StepWatch.WhatIsMissing(seen, table!);
            throw new StepEndException(unseen is null ? StepOutcome.Contradicted : StepOutcome.TimedOut, $"表格 {table!.Title} 看到 {rows} 行，少于 {least} 行{(unseen is null ? "" : $"；{unseen}")}");
        }

        notes.Seen.Add($"表格 {table!.Title} 有 {rows} 行");
    }

    /// <summary>What is not there yet may still come, and what is there may still go.</summary>
    private async Task WithoutAsync(string text)
    {
        var seen = new PageSnapshot([]);
        List<SeenElement> controls = [], others = [];
        await watch.UntilAsync((now, isOver) =>
        {
            seen = now;
            (controls, others) = ControlScan.Of(now, text, step.Sight?.Table is null && step.AwaitRow?.Table is null || (!isOver && ElementResolver.Table(now, step.Sight?.Table ?? step.AwaitRow?.Table).Table is null) ? null : TableOf(now));
            return controls.Count + others.Count > 0 || !now.Whole ? null : false;
        });
        if (controls.Count > 0)
        {
            throw new StepEndException(StepOutcome.Contradicted, $"页面上有 {controls.Count} 个 {text}", [.. controls.Take(8).Select(ElementResolver.Say)]);
        }

        if (others.Count > 0)
        {
            throw new StepEndException(StepOutcome.Ambiguous, $"页面上有 {others.Count} 处文字 {text}，是不是能点的控件说不准", [.. others.Take(8).Select(ElementResolver.Say)]);
        }

        if (!seen.Whole)
        {
            throw new StepEndException(StepOutcome.TimedOut, $"页面没有看全，不能说没有 {text}");
        }

        notes.Seen.Add($"没有控件 {text}");
    }

    private void Fields(PageSnapshot seen, string name)
    {
        var groups = seen.Fields.GroupBy(f => f.Label, StringComparer.Ordinal).ToList();
        if (groups.Count == 0)
        {
            throw new StepEndException(StepOutcome.NotFound, "页面上没有“标签：值”的字段");
        }

        // A label that stands twice with different values says nothing.
        work.Keep(name, groups.Where(g => g.Select(f => f.Value).Distinct(StringComparer.Ordinal).Count() == 1).ToDictionary(g => g.Key, g => g.First().Value, StringComparer.Ordinal));
        notes.Seen.AddRange([.. groups.Take(MostToldRows).Select(g => $"{g.Key}：{string.Join("／", g.Select(f => f.Value).Distinct(StringComparer.Ordinal))}"), $"取字段 {groups.Count} 个"]);
    }

    private void Remember(PageSnapshot seen, FlowMemory memory)
    {
        List<string> values;
        if (memory.Row is { } row)
        {
            var wanted = work.Fill(row);
            values = [.. seen.Tables.SelectMany(t => t.Rows.Select((r, i) => (Table: t, Cells: r, Index: i, At: t.Headers.ToList().IndexOf(memory.Column))))
                .Where(r => r.At >= 0 && r.At < r.Cells.Count && ElementResolver.IsRow(r.Cells, r.Index, wanted)).Select(r => r.Cells[r.At])];
        }
        else
        {
            values = [.. seen.Fields.Where(f => f.Label == memory.Column).Select(f => f.Value).Distinct(StringComparer.Ordinal)];
        }

        if (values.Count != 1 || values[0].Length == 0)
        {
            throw new StepEndException(values.Count > 1 ? StepOutcome.Ambiguous : StepOutcome.NotFound, $"要记住的 {memory.Column} {(values.Count > 1 ? $"有 {values.Count} 个" : "没有找到")}", values);
        }

        work.Remember(memory.Name, values[0]);
        notes.Seen.Add($"记住 {memory.Name} = {values[0]}");
    }

    private async Task AskAsync(FlowInterface asked)
    {
        var (status, body) = await page.AskAsync(work.FillAddress(asked.Address));
        if (status != 200)
        {
            throw new StepEndException(status is 401 or 403 ? StepOutcome.Refused : StepOutcome.NotFound, $"接口 {asked.Address} 答复 {status}");
        }

        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 64 });
            var read = asked.Fields.Select(f => (f.Field, Path: f.Value, Value: JsonPath.Text(document.RootElement, f.Value))).ToList();
            var missing = read.Where(f => f.Value is null).Select(f => f.Path).ToList();
            if (missing.Count > 0)
            {
                throw new StepEndException(StepOutcome.NotFound, $"接口 {asked.Address} 的答复里没有 {string.Join("、", missing)}");
            }

            var found = read.ToDictionary(f => f.Field, f => f.Value!, StringComparer.Ordinal);
            work.Keep(asked.Save, found);
            notes.Seen.AddRange(found.Select(f => $"接口 {f.Key}：{f.Value}"));
        }
        catch (JsonException)
        {
            throw new StepEndException(StepOutcome.NotFound, $"接口 {asked.Address} 的答复不是 JSON");
        }
    }

    /// <summary>A count of the page beside the rows of its own table; a workbook is read where packages are.</summary>
    private void Count(PageSnapshot seen, string label)
    {
        var said = seen.Fields.Where(f => f.Label == label).Select(f => f.Value).Distinct(StringComparer.Ordinal).ToList();
        var numbers = said.Count == 1 ? Numbers().Matches(said[0]).Select(m => m.Value.Replace(",", "", StringComparison.Ordinal)).ToList() : [];
        if (numbers.Count > 1)
        {
            throw new StepEndException(StepOutcome.Ambiguous, $"界面上的 {label} 里不止一个数", said);
        }

        if (numbers.Count == 0 || !int.TryParse(numbers[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            throw new StepEndException(said.Count > 1 ? StepOutcome.Ambiguous : StepOutcome.NotFound, $"界面上的 {label} {(said.Count > 1 ? "不止一个" : "没有找到或不是数")}", said);
        }

        var rows = step.Save is { } file && File.Exists(work.FileOf(file)) ? FlowFiles.Rows(work.FileOf(file), stop) : null;
        if (rows is null)
        {
            throw new StepEndException(StepOutcome.NotFound, "没有能数行的文件（认识 CSV 与 xlsx）");
        }

        notes.Seen.Add($"界面 {label} {number}，文件 {rows} 行");
        if (rows != number)
        {
            throw new StepEndException(StepOutcome.Contradicted, $"界面上的 {label} 是 {number}，文件里有 {rows} 行");
        }
    }

    private void Compare(FlowPackage package)
    {
        var elements = FlowFiles.Elements(work.FileOf(package.File), stop);
        var onPage = package.Fields is { } name ? work.Fields(name) : null;
        if (elements is null || onPage is null)
        {
            throw new StepEndException(StepOutcome.NotFound, elements is null ? $"{package.File} 里没有读得出的元数据 XML" : "没有从页面取到可对照的字段");
        }

        var compared = 0;
        List<string> left = [];
        var before = work.Differences.Count;
        foreach (var (label, value) in onPage)
        {
            var element = package.Names.FirstOrDefault(n => n.Field == label)?.Value ?? label;
            if (!elements.TryGetValue(element, out var values))
            {
                continue;
            }

            // What a page shortens or stars says nothing of the rest.
            if (value.Length >= MostShown || value.AsSpan().ContainsAny('*', '＊') || value.EndsWith('…') || value.EndsWith("...", StringComparison.Ordinal))
            {
                left.Add(label);
                continue;
            }

            compared++;
            if (!values.Any(v => Plain(v) == Plain(value)))
            {
                var elsewhere = string.Join("／", values.Take(3));
                work.Differences.Add(new FieldDifference(work.Covered(label), work.Covered(value), work.Covered(elsewhere), package.File, work.Covered($"{label}：界面“{value}”，{package.File}“{elsewhere}”")));
            }
        }

        var differ = work.Differences.Count - before;
        var leftOut = left.Count == 0 ? "" : $"；{string.Join("、", left)} 在界面上不完整（截断或打了星号），没有对照";
        notes.Seen.Add($"对照了 {compared} 个字段，{differ} 个不同{leftOut}");
        if (compared == 0)
        {
            throw new StepEndException(StepOutcome.NotFound, left.Count == 0 ? "界面上的字段没有一个在包里同名；请写 对应" : $"没有一个字段能对照{leftOut}");
        }

        if (differ > 0)
        {
            throw new StepEndException(StepOutcome.Contradicted, $"{compared} 个字段里有 {differ} 个与包里不同");
        }
    }

    private static string Plain(string value) => string.Join(' ', value.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Numbers, thousands set apart by commas or not.</summary>
    [GeneratedRegex("[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbers();
}
