using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Whether an account was refused, or given what it must not get. Everything between is neither.</summary>
internal sealed class StepRefusal(FlowStep step, StepWatch watch, IReadOnlySet<string> usual)
{
    private const int MostAround = 200;
    private static readonly string[] Words = ["无权", "没有权限", "权限不足", "拒绝访问", "禁止访问", "未授权", "Forbidden", "Access Denied"];
    private static readonly string[] Controls = ["button", "link", "menuitem", "menu", "tab", "treeitem", "option", "combobox", "checkbox", "radio"];

    /// <summary>The first word that refuses and did not stand there anyway; null where there is none.</summary>
    public static string? In(PageSnapshot seen, IReadOnlySet<string> usual) => All(seen).FirstOrDefault(w => !usual.Contains(w));

    /// <summary>What refuses on a page; words of menus, controls and rows are about other things.</summary>
    public static IEnumerable<string> All(PageSnapshot seen)
    {
        foreach (var element in seen.Elements.Where(e => e.Visible && e.Table < 0))
        {
            var said = element.Text.Length > 0 ? element.Text : element.Role is "heading" or "alert" ? element.Name : "";
            foreach (var word in Words.Where(w => said.Contains(w, StringComparison.OrdinalIgnoreCase) && !IsControl(seen, element)))
            {
                yield return word;
            }
        }
    }

    /// <summary>A page with the form of the login.</summary>
    public static bool IsLogin(PageSnapshot seen, FlowLogin? login) =>
        login is not null && seen.HasPassword && seen.Elements.Any(e => e.Visible && (ElementResolver.Plain(e.Name) == login.Submit || ElementResolver.Plain(e.Text) == login.Submit));

    /// <summary>Comes back where the account was given the page.</summary>
    /// <exception cref="StepEndException">It was refused, or that cannot be told.</exception>
    public async Task DemandGivenAsync()
    {
        var wasShown = step.Sight is not null || step.AwaitRow is not null || step.Interface is not null;
        string? word = null;
        var asksPassword = false;
        await watch.UntilAsync((seen, _) =>
        {
            (word, asksPassword) = (In(seen, usual), seen.HasPassword);
            return word is not null || (asksPassword && wasShown) ? true : wasShown || asksPassword ? false : null;
        });
        if (wasShown && (word is not null || asksPassword))
        {
            throw new StepEndException(StepOutcome.Ambiguous, word is null ? "见到了要见到的，页面上也有口令框，说不准给了没有" : $"见到了要见到的，页面上也写着“{word}”，说不准给了没有");
        }

        if (wasShown)
        {
            return;
        }

        throw word is not null
            ? new StepEndException(StepOutcome.Refused, $"页面上写着“{word}”")
            : new StepEndException(StepOutcome.TimedOut, "没有看到拒绝的话；没有写 见到，也不能说给了");
    }

    private static bool IsControl(PageSnapshot seen, SeenElement element)
    {
        var elements = seen.Frames[element.Frame].Elements;
        for (var (at, steps) = (element.Index, 0); at >= 0 && steps < MostAround; at = elements[at].Parent, steps++)
        {
            if (Controls.Contains(elements[at].Role, StringComparer.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}
