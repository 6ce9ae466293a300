using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>What a step reads once it has done what it does.</summary>
internal sealed partial class StepReading(FlowStep step, FlowPage page, FlowWork work, StepNotes notes, StepWatch watch, CancellationToken stop)
{
    private const int MostToldRows = 50;

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

        foreach (var expected in step.Expected)
        {
            await ExpectAsync(expected.Field, work.Fill(expected.Value));
        }

        step.Remember.ToList().ForEach(m => Remember(seen, m));
        if (step.Interface is { } asked)
        {
            await AskAsync(asked);
        }

        if (step.RowCountOf is { } label)
        {
            await CountAsync(label);
        }

        if (step.Forbidden.Count > 0)
        {
            NoTrouble();
        }

        if (step.Package is { } package)
        {
            new PackageTriangle(step.Package, work, notes, stop).Compare();
        }
    }

    private async Task ExpectAsync(string label, string wanted)
    {
        var said = await SettledAsync(label);
        if (said.Count != 1)
        {
            throw new StepEndException(said.Count > 1 ? StepOutcome.Ambiguous : StepOutcome.NotFound, $"界面上的 {label} {(said.Count > 1 ? "不止一个" : "没有找到")}", said);
        }

        notes.Seen.Add($"界面 {label} {said[0]}，应为 {wanted}");
        if (said[0].Trim() != wanted.Trim())
        {
            throw new StepEndException(StepOutcome.Contradicted, $"界面上的 {label} 是 {said[0]}，应为 {wanted}");
        }
    }

    /// <summary>What stands beside a label once it stands still: values are often filled in after the page is there.</summary>
    /// <exception cref="StepEndException">It never stood still, or not all of the page was seen.</exception>
    private async Task<List<string>> SettledAsync(string label)
    {
        List<string> said = [];
        var isWhole = true;
        var isStill = await watch.UntilAsync(
            (now, _) =>
            {
                (said, isWhole) = ([.. now.Fields.Where(f => f.Label == label).Select(f => f.Value).Distinct(StringComparer.Ordinal)], now.Whole);
                return isWhole && said.Count == 1 ? false : null;
            },
            () => string.Join('\n', said));
        return !isWhole ? throw new StepEndException(StepOutcome.TimedOut, $"页面没有看全，界面上的 {label} 是多少说不准")
            : !isStill && said.Count == 1 ? throw new StepEndException(StepOutcome.TimedOut, $"界面上的 {label} 或页面一直在变")
            : said;
    }

    private void NoTrouble()
    {
        if (step.Save is null || FlowFiles.Read(work.FileOf(step.Save), stop) is not { Rows.Count: > 1 } table)
        {
            throw new StepEndException(StepOutcome.NotFound, "没有能看单元格的文件（认识 CSV 与 xlsx）");
        }

        foreach (var trouble in step.Forbidden)
        {
            var found = table.RowsWith(trouble);
            var word = trouble == CellTrouble.Formula ? "公式单元格" : "完整身份证号";
            if (found.Count > 0)
            {
                throw new StepEndException(StepOutcome.Contradicted, $"{step.Save} 里有{word} {found.Count} 处，第一处在第 {found[0]} 行");
            }

            if (table.OtherSheets > 0)
            {
                throw new StepEndException(StepOutcome.NotFound, $"{step.Save} 还有 {table.OtherSheets} 个工作表没有看，不能说没有{word}");
            }

            notes.Seen.Add($"{step.Save} 的 {table.Rows.Count} 行里没有{word}");
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
        work.Keep(name, groups.Where(g => g.Select(f => f.Value).Distinct(StringComparer.Ordinal).Count() == 1).ToDictionary(g => g.Key, g => g.First().Value, StringComparer.Ordinal), notes.IsCovered);
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

        work.Remember(memory.Name, values[0], notes.IsCovered);
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
            found.ToList().ForEach(f => work.Hide(f.Key, f.Value));
            notes.Seen.AddRange(found.Select(f => $"接口 {f.Key}：{work.Told(f.Key, f.Value)}"));
        }
        catch (JsonException)
        {
            throw new StepEndException(StepOutcome.NotFound, $"接口 {asked.Address} 的答复不是 JSON");
        }
    }

    /// <summary>A count of the page beside the rows of its own table; a workbook is read where packages are.</summary>
    private async Task CountAsync(string label)
    {
        var said = await SettledAsync(label);
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

    /// <summary>Numbers, thousands set apart by commas or not.</summary>
    [GeneratedRegex("[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])|[0-9]+", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbers();
}
