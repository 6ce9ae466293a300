namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Whether a page offers something to click.</summary>
internal static class ControlScan
{
    private const int MostAround = 200;
    private static readonly string[] Roles = ["button", "link", "menuitem", "tab", "option", "switch"];

    /// <param name="seen">The page.</param>
    /// <param name="text">What stands on the control.</param>
    /// <param name="table">Only in this one; null: anywhere.</param>
    /// <returns>Controls that can be used, and texts of which nobody can say whether they are some.</returns>
    public static (List<SeenElement> Controls, List<SeenElement> Others) Of(PageSnapshot seen, string text, SeenTable? table)
    {
        var place = table is null ? -1 : seen.Frames[table.Frame].Tables.Select((t, i) => (t, i)).First(t => ReferenceEquals(t.t.Rows, table.Rows)).i;
        var all = seen.Elements.Where(e => e.Visible && (table is null || (e.Frame == table.Frame && e.Table == place)) && (ElementResolver.Plain(e.Name) == text || ElementResolver.Plain(e.Text) == text)).ToList();
        return ([.. all.Where(e => e.Enabled && Roles.Contains(e.Role, StringComparer.Ordinal))], [.. all.Where(e => e.Role.Length == 0 && !IsWithinControl(seen, e))]);
    }

    private static bool IsWithinControl(PageSnapshot seen, SeenElement element)
    {
        var elements = seen.Frames[element.Frame].Elements;
        for (var (at, steps) = (element.Parent, 0); at >= 0 && steps < MostAround; at = elements[at].Parent, steps++)
        {
            if (Roles.Contains(elements[at].Role, StringComparer.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
