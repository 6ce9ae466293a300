using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>What kind of element is meant.</summary>
internal enum ElementWish
{
    /// <summary>Whatever can be clicked; text is enough.</summary>
    Clickable,
    Button,
    MenuItem,
    Field,
    Choice,
    FileField,
}

/// <summary>How an element was found, or why none was.</summary>
/// <param name="Element">The only one; null for none or several.</param>
/// <param name="By">The way it was found; null where it was not.</param>
/// <param name="Candidates">What else answered, for people.</param>
internal sealed record Resolution(SeenElement? Element, string? By, IReadOnlyList<string> Candidates)
{
    public bool IsAmbiguous => Element is null && Candidates.Count > 1;
}

/// <summary>
/// Finds what people call by its text: role and name before text before the cell of a table before data-testid. The first way that anything answers
/// decides; more than one answer is no answer.
/// </summary>
internal static class ElementResolver
{
    public const string ByRole = "角色与名称";
    private const int MostTold = 8;
    private static readonly string[] Buttons = ["button"];
    private static readonly string[] Menus = ["menuitem", "link", "treeitem", "tab", "button"];
    private static readonly string[] Clickables = ["button", "link", "menuitem", "tab", "treeitem", "checkbox", "radio", "option", "switch"];
    private static readonly string[] Fields = ["textbox", "password", "searchbox", "combobox", "spinbutton"];
    private static readonly string[] Choices = ["combobox", "listbox", "radio", "checkbox", "textbox"];
    private static readonly string[] FileFields = ["file"];

    public static Resolution Resolve(PageSnapshot page, FlowElement wanted, ElementWish wish)
    {
        var place = Place(page, wanted);
        if (place.Why is { } why)
        {
            return new Resolution(null, null, [why]);
        }

        var text = Plain(wanted.Text ?? "");
        var roles = Roles(wish);
        var all = place.Elements.Where(e => e.Visible || e.Role == "file").ToList();
        var onlyRoles = wish is ElementWish.Button or ElementWish.Field or ElementWish.Choice or ElementWish.FileField;
        (string By, Func<SeenElement, bool> Fits)[] ways =
        [
            (ByRole, e => roles.Contains(e.Role, StringComparer.Ordinal) && Plain(e.Name) == text),
            // A page is often headed by the very words of the menu that leads to it.
            ("文字", e => Plain(e.Text) == text && e.Role != "heading" && !(wish is ElementWish.Field or ElementWish.Choice or ElementWish.FileField)),
            ("data-testid", e => e.Mark == text && (!onlyRoles || roles.Contains(e.Role, StringComparer.Ordinal))),
        ];
        foreach (var (by, fits) in text.Length == 0 ? [] : ways)
        {
            var found = Innermost(page, [.. all.Where(fits)]);
            if (found.Count > 0)
            {
                return found.Count == 1 ? new Resolution(found[0], place.IsRow ? $"{by}（表格的行内）" : by, []) : new Resolution(null, null, Told(found));
            }
        }

        if (text.Length == 0 && wish == ElementWish.FileField)
        {
            var files = all.Where(e => e.Role == "file").ToList();
            return files.Count == 1 ? new Resolution(files[0], "唯一的文件域", []) : new Resolution(null, null, Told(files));
        }

        return new Resolution(null, null, []);
    }

    /// <summary>The only table of a title, or the only table there is.</summary>
    public static (SeenTable? Table, IReadOnlyList<string> Candidates) Table(PageSnapshot page, string? title)
    {
        var all = page.Tables.ToList();
        var wanted = title is null ? all : [.. all.Where(t => Plain(t.Title) == Plain(title))];
        if (wanted.Count == 0 && title is not null)
        {
            wanted = [.. all.Where(t => t.Title.Contains(title, StringComparison.Ordinal))];
        }

        return wanted.Count == 1 ? (wanted[0], []) : (null, [.. wanted.Take(MostTold).Select(t => $"表格 {t.Title}（{t.Rows.Count} 行）")]);
    }

    /// <summary>A number from 1, or a text of the row.</summary>
    public static bool IsRow(IReadOnlyList<string> cells, int index, string row) =>
        int.TryParse(row, out var number) && number is > 0 and < 10_000 && row.Length < 5 ? index == number - 1 : cells.Any(c => c.Contains(row, StringComparison.Ordinal));

    public static string Plain(string text) => text.Replace('\u00A0', ' ').Trim().TrimEnd('：', ':').Trim();

    public static string Say(SeenElement e) => $"{(e.Role.Length > 0 ? e.Role : e.Tag)} “{(e.Name.Length > 0 ? e.Name : e.Text)}”{(e.Row >= 0 ? $"（表格第 {e.Row + 1} 行）" : "")}{(e.Frame > 0 ? "（内嵌页面）" : "")}";

    private static string[] Roles(ElementWish wish) => wish switch
    {
        ElementWish.Button => Buttons,
        ElementWish.MenuItem => Menus,
        ElementWish.Field => Fields,
        ElementWish.Choice => Choices,
        ElementWish.FileField => FileFields,
        _ => Clickables,
    };

    private static (IReadOnlyList<SeenElement> Elements, bool IsRow, string? Why) Place(PageSnapshot page, FlowElement wanted)
    {
        var all = page.Elements.ToList();
        if (wanted.Table is null && wanted.Row is null)
        {
            return (all, false, null);
        }

        var tables = page.Frames.SelectMany((f, i) => f.Tables.Select((t, n) => (Frame: i, Number: n, Table: t)))
            .Where(t => wanted.Table is null || t.Table.Title.Contains(wanted.Table, StringComparison.Ordinal)).ToList();
        if (wanted.Table is not null && tables.Count != 1)
        {
            return ([], false, tables.Count == 0 ? $"没有表格 {wanted.Table}" : $"表格 {wanted.Table} 有 {tables.Count} 个");
        }

        if (wanted.Row is null)
        {
            return ([.. all.Where(e => tables.Exists(t => t.Frame == e.Frame && t.Number == e.Table))], false, null);
        }

        var rows = tables.SelectMany(t => t.Table.Rows.Select((r, n) => (t.Frame, t.Number, Row: n, Cells: r))).Where(r => IsRow(r.Cells, r.Row, wanted.Row)).ToList();
        return rows.Count == 1
            ? ([.. all.Where(e => e.Frame == rows[0].Frame && e.Table == rows[0].Number && e.Row == rows[0].Row)], true, null)
            : ([], true, rows.Count == 0 ? $"没有含 {wanted.Row} 的行" : $"含 {wanted.Row} 的行有 {rows.Count} 个");
    }

    /// <summary>A menu item around a link of the same words is one thing to people.</summary>
    private static List<SeenElement> Innermost(PageSnapshot page, List<SeenElement> found) =>
        [.. found.Where(e => !found.Exists(f => f.Frame == e.Frame && f.Index != e.Index && IsAround(page, e, f)))];

    private static bool IsAround(PageSnapshot page, SeenElement outer, SeenElement inner)
    {
        var elements = page.Frames[inner.Frame].Elements;
        for (var (at, steps) = (inner.Parent, 0); at >= 0 && steps < 200; at = elements[at].Parent, steps++)
        {
            if (at == outer.Index)
            {
                return true;
            }
        }

        return false;
    }

    private static List<string> Told(List<SeenElement> found) => [.. found.Take(MostTold).Select(Say), .. found.Count > MostTold ? [$"……共 {found.Count} 个"] : (string[])[]];
}
