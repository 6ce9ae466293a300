using System.Globalization;
using System.Text.RegularExpressions;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Looks at the page for a step, again and again until its limit, and says how much of a table was seen.</summary>
internal sealed partial class StepWatch(FlowStep step, FlowPage page, FlowWork work, StepNotes notes, TimeProvider clock, CancellationToken stop)
{
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(150);

    /// <summary>What is so for this long, with no request under way, is not about to change.</summary>
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(1.5);

    public async Task<PageSnapshot> LookAsync()
    {
        var seen = await page.LookAsync();
        notes.IsCovered = work.Hide(seen);
        return seen;
    }

    /// <summary>Looks until something is decided.</summary>
    /// <param name="decide">Given what is seen and whether the limit is over; true ends, null not yet, false: so far, and final once nothing moves any more.</param>
    /// <param name="state">What must not move but the elements; null: they alone.</param>
    /// <returns>False where the limit was over and it was not decided, or something still moved.</returns>
    public async Task<bool> UntilAsync(Func<PageSnapshot, bool, bool?> decide, Func<string>? state = null)
    {
        var began = clock.GetTimestamp();
        var (still, before) = (began, (Size: -1, State: ""));
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            var seen = await LookAsync();
            var isOver = clock.GetElapsedTime(began) > step.Limit;
            var said = decide(seen, isOver);
            if (said.GetValueOrDefault())
            {
                return true;
            }

            var now = (seen.Elements.Count(), state?.Invoke() ?? "");
            var mayChange = !said.HasValue || now != before || !page.IsQuiet;
            still = mayChange ? clock.GetTimestamp() : still;
            before = now;
            if (!mayChange && clock.GetElapsedTime(still) > Settling)
            {
                return true;
            }

            // What came in time may go on standing still for as long as that takes.
            if (isOver && mayChange)
            {
                return false;
            }

            await Task.Delay(Between, clock, stop);
        }
    }

    /// <summary>Rows with things in them; a single cell below several heads only says that there is nothing.</summary>
    public static IReadOnlyList<IReadOnlyList<string>> Filled(SeenTable table) =>
        [.. table.Rows.Where(r => r.Any(c => c.Length > 0) && (table.Headers.Count < 2 || r.Count > 1))];

    /// <summary>Null where every row of a table was read: the page says how many there are, once, and so many were.</summary>
    public static string? WhatIsMissing(PageSnapshot seen, SeenTable table)
    {
        if (seen.Elements.Any(e => e.Visible && e.Enabled && (e.Name.Contains("下一页", StringComparison.Ordinal) || e.Text.Contains("下一页", StringComparison.Ordinal))))
        {
            return "还有下一页没有看";
        }

        if (!seen.Whole)
        {
            return "页面没有看全";
        }

        if (seen.Tables.Count(t => t.Headers.Count > 0) > 1)
        {
            return "页面上不止一个表格，总数说的是哪一个不清楚";
        }

        var totals = Total().Matches(seen.Text).Select(m => m.Groups["n"].Value.Replace(",", "", StringComparison.Ordinal))
            .Concat(seen.Fields.Where(f => f.Label is "总数" or "总条数" or "记录总数").Select(f => f.Value)).Distinct(StringComparer.Ordinal).ToList();
        return totals.Count == 0 ? "页面上没有写共有多少行，不能说看全了"
            : totals.Count > 1 || totals[0] != Filled(table).Count.ToString(CultureInfo.InvariantCulture) ? $"页面上写的总数是 {string.Join("、", totals)}，看到的是 {Filled(table).Count} 行"
            : null;
    }

    [GeneratedRegex(@"(?:共有?|总共|总计|合计|总数[:：]?|Total:?)\s*(?<n>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9})(?![0-9,.])(?=\s*(?:条|行|项|个|件|笔|卷|份|记录|rows|items|records|$|\n))", RegexOptions.CultureInvariant | RegexOptions.Multiline, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Total();
}
