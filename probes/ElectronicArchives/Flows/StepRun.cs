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
        DemandVariables();
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
                await new StepRefusal(step, _watch, work.Usual).DemandGivenAsync();
            }
        }
    }

    /// <summary>Before anything is done: a step that was half done cannot be told from one that was not.</summary>
    private void DemandVariables()
    {
        List<string?> texts =
        [
            .. step.Menu, .. step.Entries.Concat(step.Selections).Concat(step.Expected).Select(e => e.Value), step.Click?.Text, step.Click?.Row, step.Click?.Table, step.AwaitRow?.Contains,
            step.Sight?.Text, step.Sight?.Heading, step.Unwanted,
        ];
        texts.OfType<string>().ToList().ForEach(t => work.Fill(t));
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
                notes.Used.Add($"{work.Fill(step.Menu[i])}（已经展开）");
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

        if (step.Sight is not { } wanted)
        {
            return;
        }

        var of = file is null ? "" : Path.GetFileName(file) + "：";
        var sight = wanted with { Text = wanted.Text is { } text ? work.Fill(text) : null, Heading = wanted.Heading is { } heading ? work.Fill(heading) : null };
        var contrary = step.Unwanted is { } said ? work.Fill(said) : null;
        var (missing, isWhole) = ("", true);
        var (refused, unwanted) = (0L, 0L);
        var isSeen = await _watch.UntilAsync((seen, _) =>
        {
            (missing, isWhole) = (Missing(seen, sight), seen.Whole);
            unwanted = Since(unwanted, contrary is not null && seen.Text.Contains(contrary, StringComparison.Ordinal));
            if (HasStood(unwanted))
            {
                throw new StepEndException(StepOutcome.Contradicted, $"{of}见到了不应见到的 {contrary}");
            }

            // What is not to be there may come behind what is.
            if (missing.Length == 0 && unwanted == 0)
            {
                return contrary is null ? true : isWhole ? false : null;
            }

            // What is waited for may come after a word that is there all the time.
            var word = step.MustBeRefused ? StepRefusal.In(seen, work.Usual) : null;
            refused = Since(refused, word is not null);
            return HasStood(refused) ? throw new StepEndException(StepOutcome.Refused, $"页面上写着“{word}”") : null;
        });
        if (!isSeen)
        {
            throw new StepEndException(StepOutcome.TimedOut, $"{of}{step.Limit.TotalSeconds} 秒内{(missing.Length > 0 ? $"没有见到 {missing}" : unwanted != 0 ? "不应见到的还在" : isWhole ? "页面一直在变，不能说没有不应见到的" : "页面没有看全，不能说没有不应见到的")}");
        }

        notes.Seen.Add($"{of}见到 {string.Join("、", new[] { sight.Text, sight.Heading, sight.Table }.OfType<string>().Concat(sight.Columns))}");
    }

    /// <summary>When something that is so began to be; 0 where it is not.</summary>
    private long Since(long before, bool isSo) => !isSo ? 0 : before == 0 ? clock.GetTimestamp() : before;

    private bool HasStood(long since) => since != 0 && page.IsQuiet && clock.GetElapsedTime(since) > Settling;

    private static string Missing(PageSnapshot seen, FlowSight sight)
    {
        if (sight.Text is { } text && !seen.Text.Contains(text, StringComparison.Ordinal))
        {
            return $"文字 {text}";
        }

        if (sight.Heading is { } heading && !seen.Elements.Any(e => e.Visible && e.Role == "heading" && e.Name.Contains(heading, StringComparison.Ordinal)) && !seen.Frames.Any(f => f.Title.Contains(heading, StringComparison.Ordinal)))
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
