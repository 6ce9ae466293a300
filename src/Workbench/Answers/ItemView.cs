using Microsoft.AspNetCore.Http;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Workbench;

/// <summary>The form of one item, blank, saved, overtaken or refused.</summary>
internal static class ItemView
{
    /// <summary>The item that the address names.</summary>
    /// <param name="context">The request.</param>
    /// <param name="kind">Attestation or waiver, by the path; the address may say one of the others in place of an attestation.</param>
    public static StatementItem Named(HttpContext context, StatementKind kind)
    {
        var query = context.Request.Query;
        var word = query["k"].ToString();
        var asked = kind == StatementKind.Waiver || word.Length == 0 ? kind : Enum.GetValues<StatementKind>().FirstOrDefault(k => AnswerItem.WordOf(k) == word, kind);
        return new StatementItem(asked, query["r"].ToString(), query["t"].ToString() is { Length: > 0 } target ? target : null);
    }

    public static Task ShowAsync(HttpContext context, PageContext page, WorkbenchOptions options, Sound sound, AnswerItem item, bool saved = false, bool overtaken = false, string? trouble = null, PostedForm? entered = null)
    {
        var title = item.Item.Kind == StatementKind.Waiver ? page.Say("豁免", "Waiver") : page.Say("人工确认", "Answer");
        var status = overtaken ? StatusCodes.Status409Conflict : item.Refusal is not null && entered is not null ? StatusCodes.Status422UnprocessableEntity : trouble is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest;
        var (last, kept) = (sound.Log.Latest.GetValueOrDefault(item.Item.Key), entered?.Values("keep"));
        return PageRendering.ShowAsync<ItemPage>(
            context,
            page,
            $"{title}{page.Say("：", ": ")}{item.Heading}",
            status,
            (nameof(ItemPage.Item), item),
            (nameof(ItemPage.Last), last),
            (nameof(ItemPage.Version), sound.Log.VersionOf(item.Item)),
            (nameof(ItemPage.Materials), sound.Unanswered.Candidate.Materials),
            (nameof(ItemPage.Files), sound.Log.FilesOf(item.Item).Where(f => last?.Files.Contains(f) == true || kept?.Contains(f.Sha256, StringComparer.Ordinal) == true).ToList()),
            (nameof(ItemPage.Kept), kept),
            (nameof(ItemPage.Chosen), entered?.Values("evidence")),
            (nameof(ItemPage.ChosenDocuments), entered?.Values("documents")),
            (nameof(ItemPage.IsConflict), overtaken),
            (nameof(ItemPage.Trouble), trouble),
            (nameof(ItemPage.Saved), saved),
            (nameof(ItemPage.Today), BeijingTime.DayOf(options.Clock.GetUtcNow()).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
            (nameof(ItemPage.Entered), entered?.Form.ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal)));
    }
}
