using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Does one step; ends with <see cref="StepEndException"/> where it cannot.</summary>
internal sealed class StepRun(FlowStep step, FlowPage page, FlowWork work, StepNotes notes, Uri start, TimeProvider clock, bool isDry)
{
    private const long DownloadCap = 256L * 1024 * 1024;
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(150);

    /// <summary>Several answers may be one that is about to go; longer they are several.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1.5);

    private static readonly string[] Refusals = ["无权", "没有权限", "权限不足", "拒绝访问", "禁止访问", "未授权", "Forbidden", "Access Denied"];

    /// <summary>True where a dry run came to something that would change the system.</summary>
    public bool WasHeldBack { get; private set; }

    public async Task DoAsync(CancellationToken cancellationToken)
    {
        if (step.Address is { } address && step.Verb != FlowVerb.AskInterface)
        {
            await OpenAsync(address);
        }

        await MenuAsync(cancellationToken);
        foreach (var entry in step.Entries.Concat(step.Selections))
        {
            var field = await FindAsync(new FlowElement { Text = entry.Field }, step.Selections.Contains(entry) ? ElementWish.Choice : ElementWish.Field, cancellationToken);
            await ActAsync(() => page.FillAsync(field, work.Fill(entry.Value)), isChange: !step.Verb.OnlyLooks());
        }

        List<string?> files = [.. step.Files.DefaultIfEmpty()];
        foreach (var file in files)
        {
            if (file is not null)
            {
                var field = await FindAsync(new FlowElement { Text = step.FileField }, ElementWish.FileField, cancellationToken);
                await ActAsync(() => page.UploadAsync(field, file), isChange: true);
            }

            await ClickAsync(cancellationToken);
            if (!WasHeldBack)
            {
                await SeeAsync(file, cancellationToken);
            }
        }

        if (!WasHeldBack)
        {
            await new StepReading(step, page, work, notes, cancellationToken).ReadAsync();
        }
    }

    private async Task OpenAsync(string address)
    {
        var status = await page.GoAsync(new Uri(start, address), step.Limit);
        if (status is 401 or 403)
        {
            throw new StepEndException(StepOutcome.Refused, $"{address} 答复 {status}");
        }

        if (status is >= 400)
        {
            throw new StepEndException(StepOutcome.NotFound, $"{address} 答复 {status}");
        }

        var text = (await page.LookAsync()).Text;
        if (step.MustBeRefused && Array.Find(Refusals, r => text.Contains(r, StringComparison.OrdinalIgnoreCase)) is { } said)
        {
            throw new StepEndException(StepOutcome.Refused, $"{address} 上写着“{said}”");
        }

        notes.Used.Add($"地址 {address}（{status}）");
    }

    /// <summary>An entry whose next one can be seen already stands open, and a click would close it.</summary>
    private async Task MenuAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < step.Menu.Count; i++)
        {
            if (i + 1 < step.Menu.Count && ElementResolver.Resolve(await page.LookAsync(), new FlowElement { Text = work.Fill(step.Menu[i + 1]) }, ElementWish.MenuItem) is { Element: not null, By: ElementResolver.ByRole })
            {
                notes.Used.Add($"{step.Menu[i]}（已经展开）");
                continue;
            }

            var item = await FindAsync(new FlowElement { Text = step.Menu[i] }, ElementWish.MenuItem, cancellationToken);
            await ActAsync(() => page.ClickAsync(item), isChange: false);
        }
    }

    private async Task ClickAsync(CancellationToken cancellationToken)
    {
        if (step.Click is not { } wanted)
        {
            return;
        }

        var element = await FindAsync(wanted, wanted.IsButton ? ElementWish.Button : ElementWish.Clickable, cancellationToken);
        if (step.Verb == FlowVerb.Download && !isDry)
        {
            var length = await page.DownloadAsync(element, work.FileOf(step.Save!), DownloadCap, step.Limit);
            notes.Seen.Add($"下载 {step.Save} {length} 字节");
            return;
        }

        await ActAsync(() => page.ClickAsync(element), isChange: !(step.Verb.OnlyLooks() && (step.Verb == FlowVerb.Open || step.Entries.Count > 0)));
    }

    private async Task SeeAsync(string? file, CancellationToken cancellationToken)
    {
        if (step.AwaitRow is { } row)
        {
            await AwaitAsync(row, cancellationToken);
        }

        if (step.Sight is not { } sight)
        {
            return;
        }

        var missing = "";
        for (var began = clock.GetTimestamp(); ;)
        {
            var seen = await page.LookAsync();
            missing = Missing(seen, sight);
            if (missing.Length == 0)
            {
                notes.Seen.Add($"{(file is null ? "" : Path.GetFileName(file) + "：")}见到 {string.Join("、", new[] { sight.Text, sight.Heading, sight.Table }.OfType<string>().Concat(sight.Columns))}");
                return;
            }

            if (step.MustBeRefused && Array.Find(Refusals, r => seen.Text.Contains(r, StringComparison.OrdinalIgnoreCase)) is { } said)
            {
                throw new StepEndException(StepOutcome.Refused, $"页面上写着“{said}”");
            }

            if (clock.GetElapsedTime(began) > step.Limit)
            {
                throw new StepEndException(StepOutcome.TimedOut, $"{(file is null ? "" : Path.GetFileName(file) + "：")}{step.Limit.TotalSeconds} 秒内没有见到 {missing}");
            }

            await Task.Delay(Between, clock, cancellationToken);
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
    private async Task AwaitAsync(FlowRow row, CancellationToken cancellationToken)
    {
        var wanted = work.Fill(row.Contains);
        for (var began = clock.GetTimestamp(); ;)
        {
            var seen = await page.LookAsync();
            var (table, candidates) = ElementResolver.Table(seen, row.Table);
            var rows = seen.Tables.Where(t => row.Table is null || t == table).SelectMany(t => t.Rows).Count(r => r.Any(c => c.Contains(wanted, StringComparison.Ordinal)));
            if (rows > 0)
            {
                notes.Seen.Add($"{row.Table ?? "表格"}里有含 {wanted} 的行 {rows} 行");
                return;
            }

            if (clock.GetElapsedTime(began) > step.Limit)
            {
                var hasMore = seen.Elements.Any(e => e.Visible && e.Enabled && (e.Name.Contains("下一页", StringComparison.Ordinal) || e.Text.Contains("下一页", StringComparison.Ordinal)));
                throw table is null
                    ? new StepEndException(candidates.Count > 1 ? StepOutcome.Ambiguous : StepOutcome.NotFound, candidates.Count > 1 ? $"表格 {row.Table} 不止一个" : $"没有表格 {row.Table}", candidates)
                    : new StepEndException(hasMore || !seen.Whole ? StepOutcome.TimedOut : StepOutcome.Contradicted, $"{step.Limit.TotalSeconds} 秒内表格 {table.Title}（{table.Rows.Count} 行{(hasMore ? "，还有下一页没有看" : "")}）里没有出现含 {wanted} 的行");
            }

            await Task.Delay(Between, clock, cancellationToken);
            if (step.Verb == FlowVerb.AwaitRow && clock.GetElapsedTime(began) > TimeSpan.FromSeconds(2) && page.Url.StartsWith("http", StringComparison.Ordinal) && step.Limit > TimeSpan.FromSeconds(5))
            {
                await Task.Delay(TimeSpan.FromSeconds(1), clock, cancellationToken);
                await page.GoAsync(new Uri(page.Url), step.Limit);
            }
        }
    }

    /// <summary>Waits until one element answers.</summary>
    private async Task<SeenElement> FindAsync(FlowElement wanted, ElementWish wish, CancellationToken cancellationToken)
    {
        var filled = work.Fill(wanted);
        var what = filled.Text ?? (wish == ElementWish.FileField ? "文件域" : "?");
        var began = clock.GetTimestamp();
        var several = 0L;
        while (true)
        {
            var found = ElementResolver.Resolve(await page.LookAsync(), filled, wish);
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

            await Task.Delay(Between, clock, cancellationToken);
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
