using System.Text.Json;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>What a step reads once it has done what it does.</summary>
internal sealed class StepReading(FlowStep step, FlowPage page, FlowWork work, StepNotes notes, CancellationToken stop)
{
    private const int MostToldRows = 50;

    public async Task ReadAsync()
    {
        var seen = await page.LookAsync();
        work.Hide(seen.Hidden);
        if (step.AtLeastRows is { } least)
        {
            Rows(seen, least);
        }

        Controls(seen);
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

    private void Rows(PageSnapshot seen, int least)
    {
        var table = TableOf(seen);
        if (table.Rows.Count < least)
        {
            throw new StepEndException(seen.Whole ? StepOutcome.Contradicted : StepOutcome.TimedOut, $"表格 {table.Title} 只有 {table.Rows.Count} 行，少于 {least} 行");
        }

        notes.Seen.Add($"表格 {table.Title} 有 {table.Rows.Count} 行");
    }

    private void Controls(PageSnapshot seen)
    {
        foreach (var text in step.WithoutControls)
        {
            var found = seen.Elements.Where(e => e.Visible && e.Role is "button" or "link" or "menuitem" && (e.Name == text || e.Text == text)).ToList();
            if (found.Count > 0)
            {
                throw new StepEndException(StepOutcome.Contradicted, $"页面上有 {found.Count} 个 {text}", [.. found.Take(8).Select(ElementResolver.Say)]);
            }

            if (!seen.Whole)
            {
                throw new StepEndException(StepOutcome.TimedOut, $"页面没有看全，不能说没有 {text}");
            }

            notes.Seen.Add($"没有控件 {text}");
        }
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
        var (status, body) = await page.AskAsync(work.Fill(asked.Address));
        if (status != 200)
        {
            throw new StepEndException(status is 401 or 403 ? StepOutcome.Refused : StepOutcome.NotFound, $"接口 {asked.Address} 答复 {status}");
        }

        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 64 });
            var found = asked.Fields.Select(f => (f.Field, Value: JsonPath.Text(document.RootElement, f.Value))).Where(f => f.Value is not null).ToDictionary(f => f.Field, f => f.Value!, StringComparer.Ordinal);
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
        if (said.Count != 1 || !int.TryParse(new string([.. said[0].Where(char.IsDigit)]), out var number))
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
        var before = work.Differences.Count;
        foreach (var (label, value) in onPage)
        {
            var element = package.Names.FirstOrDefault(n => n.Field == label)?.Value ?? label;
            if (elements.TryGetValue(element, out var values))
            {
                compared++;
                if (!values.Contains(value, StringComparer.Ordinal))
                {
                    var elsewhere = string.Join("／", values.Take(3));
                    work.Differences.Add(new FieldDifference(work.Covered(label), work.Covered(value), work.Covered(elsewhere), package.File, work.Covered($"{label}：界面“{value}”，{package.File}“{elsewhere}”")));
                }
            }
        }

        var differ = work.Differences.Count - before;
        notes.Seen.Add($"对照了 {compared} 个字段，{differ} 个不同");
        if (compared == 0)
        {
            throw new StepEndException(StepOutcome.NotFound, "界面上的字段没有一个在包里同名；请写 对应");
        }

        if (differ > 0)
        {
            throw new StepEndException(StepOutcome.Contradicted, $"{compared} 个字段里有 {differ} 个与包里不同");
        }
    }
}
