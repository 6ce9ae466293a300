using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Does one step; ends with <see cref="StepEndException"/> where it cannot.</summary>
internal sealed class StepRun(FlowStep step, FlowPage page, FlowWork work, StepNotes notes, Uri start, TimeProvider clock, bool isDry, CancellationToken stop)
{
    private const long DownloadCap = 256L * 1024 * 1024;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(150);

    /// <summary>Several answers may be one that is about to go; longer they are several.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1.5);

    private readonly StepWatch _watch = new(step, page, work, notes, clock, stop);

    /// <summary>True where a dry run came to something that would change the system.</summary>
    public bool WasHeldBack { get; private set; }

    public async Task DoAsync()
    {
        if (step.Address is { } address && step.Verb != FlowVerb.AskInterface)
        {
            await OpenAsync(address);
        }

        await MenuAsync();
        foreach (var entry in step.Entries.Concat(step.Selections))
        {
            var field = await FindAsync(new FlowElement { Text = entry.Field }, step.Selections.Contains(entry) ? ElementWish.Choice : ElementWish.Field);
            await ActAsync(() => page.FillAsync(field, work.Fill(entry.Value)), isChange: !step.Verb.OnlyLooks());
        }

        List<string?> files = [.. step.Files.DefaultIfEmpty()];
        foreach (var file in files)
        {
            if (file is not null)
            {
                var field = await FindAsync(new FlowElement { Text = step.FileField }, ElementWish.FileField);
                await ActAsync(() => page.UploadAsync(field, file), isChange: true);
            }

            await ClickAsync();
            if (!WasHeldBack)
            {
                await SeeAsync(file);
            }
        }

        if (!WasHeldBack)
        {
            await new StepReading(step, page, work, notes, _watch, stop).ReadAsync();
            if (step.MustBeRefused)
            {
                await new StepRefusal(step, _watch).DemandGivenAsync();
            }
        }
    }

    private async Task OpenAsync(string address)
    {
        var status = await page.GoAsync(AddressOf(address), step.Limit);
        if (status is 401 or 403)
        {
            throw new StepEndException(StepOutcome.Refused, $"{address} 答复 {status}");
        }

        if (status is >= 400)
        {
            throw new StepEndException(StepOutcome.NotFound, $"{address} 答复 {status}");
        }

        notes.Used.Add($"地址 {address}（{status}）");
    }

    /// <summary>Values filled in stay values; they never lead to another system.</summary>
    private Uri AddressOf(string address)
    {
        var full = new Uri(start, work.FillAddress(address));
        return full.Scheme == start.Scheme && full.Authority == start.Authority ? full : throw new StepEndException(StepOutcome.Trouble, $"{address} 填上值以后不在这个系统里");
    }

    /// <summary>An entry whose next one can be seen already stands open, and a click would close it.</summary>
    private async Task MenuAsync()
    {
        for (var i = 0; i < step.Menu.Count; i++)
        {
            if (i + 1 < step.Menu.Count && ElementResolver.Resolve(await _watch.LookAsync(), new FlowElement { Text = work.Fill(step.Menu[i + 1]) }, ElementWish.MenuItem) is { Element: not null, By: ElementResolver.ByRole })
            {
                notes.Used.Add($"{step.Menu[i]}（已经展开）");
                continue;
            }

            var item = await FindAsync(new FlowElement { Text = step.Menu[i] }, ElementWish.MenuItem);
            await ActAsync(() => page.ClickAsync(item), isChange: false);
        }
    }

    private async Task ClickAsync()
    {
        if (step.Click is not { } wanted)
        {
            return;
        }

        var element = await FindAsync(wanted, wanted.IsButton ? ElementWish.Button : ElementWish.Clickable);
        if (step.Verb == FlowVerb.Download && !isDry)
        {
            var length = await page.DownloadAsync(element, work.FileOf(step.Save!), DownloadCap, step.Limit);
            notes.Seen.Add($"下载 {step.Save} {length} 字节");
            return;
        }

        await ActAsync(() => page.ClickAsync(element), isChange: !(step.Verb.OnlyLooks() && (step.Verb == FlowVerb.Open || step.Entries.Count > 0)));
    }

    private async Task SeeAsync(string? file)
    {
        if (step.AwaitRow is { } row)
        {
            await AwaitAsync(row);
        }

        if (step.Sight is not { } sight)
        {
            return;
        }

        var missing = "";
        var (refused, unwanted) = (0L, 0L);
        for (var began = clock.GetTimestamp(); ;)
        {
            var seen = await _watch.LookAsync();
            missing = Missing(seen, sight);
            var isUnwanted = step.Unwanted is { } contrary && seen.Text.Contains(work.Fill(contrary), StringComparison.Ordinal);
            unwanted = !isUnwanted ? 0 : unwanted == 0 ? clock.GetTimestamp() : unwanted;
            if (unwanted != 0 && page.IsQuiet && clock.GetElapsedTime(unwanted) > Settling)
            {
                throw new StepEndException(StepOutcome.Contradicted, $"{(file is null ? "" : Path.GetFileName(file) + "：")}见到了不应见到的 {work.Fill(step.Unwanted!)}");
            }

            if (missing.Length == 0 && !isUnwanted)
            {
                notes.Seen.Add($"{(file is null ? "" : Path.GetFileName(file) + "：")}见到 {string.Join("、", new[] { sight.Text, sight.Heading, sight.Table }.OfType<string>().Concat(sight.Columns))}");
                return;
            }

            // What is waited for may come after a word that is there all the time.
            var word = step.MustBeRefused ? StepRefusal.In(seen) : null;
            refused = word is null ? 0 : refused == 0 ? clock.GetTimestamp() : refused;
            if (refused != 0 && page.IsQuiet && clock.GetElapsedTime(refused) > Settling)
            {
                throw new StepEndException(StepOutcome.Refused, $"页面上写着“{word}”");
            }

            if (clock.GetElapsedTime(began) > step.Limit)
            {
                throw new StepEndException(StepOutcome.TimedOut, $"{(file is null ? "" : Path.GetFileName(file) + "：")}{step.Limit.TotalSeconds} 秒内{(missing.Length == 0 ? "不应见到的还在" : $"没有见到 {missing}")}");
            }

            await Task.Delay(Between, clock, stop);
        }
    }

    private string Missing(PageSnapshot seen, FlowSight sight)
    {
        if (sight.Text is { } text && !seen.Text.Contains(work.Fill(text), StringComparison.Ordinal))
        {
            return $"文字 {text}";
        }

        if (sight.Heading is { } heading && !seen.Elements.Any(e => e.Visible && e.Role == "heading" && e.Name.Contains(work.Fill(heading), StringComparison.Ordinal)) && !seen.Frames.Any(f => f.Title.Contains(heading, StringComparison.Ordinal)))
        {
            return $"标题 {heading}";
        }

        if (sight.Table is null && sight.Columns.Count == 0)
        {
            return "";
        }

        var tables = seen.Tables.Where(t => sight.Table is null || t.Title.Contains(sight.Table, StringComparison.Ordinal)).ToList();
        return tables.Count == 0 ? $"表格 {sight.Table}" : tables.Exists(t => sight.Columns.All(c => t.Headers.Contains(c, StringComparer.Ordinal))) ? "" : $"列 {string.Join("、", sight.Columns)}";
    }

    /// <summary>Only a table that is there, alone, whole and without further pages says that a row is not.</summary>
    private async Task AwaitAsync(FlowRow row)
    {
        var wanted = work.Fill(row.Contains);
        for (var began = clock.GetTimestamp(); ;)
        {
            var seen = await _watch.LookAsync();
            var (table, candidates) = ElementResolver.Table(seen, row.Table);
            var rows = seen.Tables.Where(t => row.Table is null || t == table).SelectMany(StepWatch.Filled).Count(r => r.Any(c => c.Contains(wanted, StringComparison.Ordinal)));
            if (rows > 0)
            {
                notes.Seen.Add($"{row.Table ?? "表格"}里有含 {wanted} 的行 {rows} 行");
                return;
            }

            if (clock.GetElapsedTime(began) > step.Limit)
            {
                var unseen = table is null ? null : StepWatch.WhatIsMissing(seen, table);
                throw table is null
                    ? new StepEndException(candidates.Count > 1 ? StepOutcome.Ambiguous : StepOutcome.NotFound, candidates.Count > 1 ? $"表格 {row.Table} 不止一个" : $"没有表格 {row.Table}", candidates)
                    : new StepEndException(unseen is null ? StepOutcome.Contradicted : StepOutcome.TimedOut, $"{step.Limit.TotalSeconds} 秒内表格 {table.Title}（{StepWatch.Filled(table).Count} 行{(unseen is null ? "" : $"，{unseen}")}）里没有出现含 {wanted} 的行");
            }

            await Task.Delay(Between, clock, stop);
            if (step.Verb == FlowVerb.AwaitRow && clock.GetElapsedTime(began) > TimeSpan.FromSeconds(2) && page.Url.StartsWith("http", StringComparison.Ordinal) && step.Limit > TimeSpan.FromSeconds(5))
            {
                await Task.Delay(TimeSpan.FromSeconds(1), clock, stop);
                await page.GoAsync(new Uri(page.Url), step.Limit);
            }
        }
    }

    /// <summary>Waits until one element answers.</summary>
    private async Task<SeenElement> FindAsync(FlowElement wanted, ElementWish wish)
    {
        var filled = work.Fill(wanted);
        var what = filled.Text ?? (wish == ElementWish.FileField ? "文件域" : "?");
        var began = clock.GetTimestamp();
        var several = 0L;
        while (true)
        {
            var found = ElementResolver.Resolve(await _watch.LookAsync(), filled, wish);
            if (found.Element is { } element)
            {
                notes.Used.Add($"{what} → {ElementResolver.Say(element)}，按{found.By}");
                return element;
            }

            several = !found.IsAmbiguous ? 0 : several == 0 ? clock.GetTimestamp() : several;
            if (several != 0 && clock.GetElapsedTime(several) > Settling)
            {
                throw new StepEndException(StepOutcome.Ambiguous, $"{what} 对上 {found.Candidates.Count} 个元素，没有替人选", found.Candidates);
            }

            if (clock.GetElapsedTime(began) > step.Limit)
            {
                throw new StepEndException(StepOutcome.NotFound, $"{step.Limit.TotalSeconds} 秒内没有找到 {what}", found.Candidates);
            }

            await Task.Delay(Between, clock, stop);
        }
    }

    private async Task ActAsync(Func<Task> act, bool isChange)
    {
        if (isDry && isChange)
        {
            WasHeldBack = true;
            return;
        }

        await act();
    }
}
