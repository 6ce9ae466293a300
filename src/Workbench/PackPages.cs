using Microsoft.AspNetCore.Http;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Pipeline;
using SmartCity.SecurityCheck.Reporting;

namespace SmartCity.SecurityCheck.Workbench;

/// <summary>The pages of one pack.</summary>
internal sealed class PackPages(HttpContext context, PageContext page, OpenPack pack, Shelf shelf, WorkbenchOptions options)
{
    private const string RefreshSeconds = "3";

    public async Task GetAsync(string rest)
    {
        switch (await pack.LookAsync())
        {
            case Unfinished unfinished:
                await UnfinishedAsync(unfinished);
                break;
            case Unsound unsound:
                await PageRendering.ShowAsync<UnsoundPage>(context, page, page.Say("没有通过核验", "Not verified"), StatusCodes.Status409Conflict, (nameof(UnsoundPage.Why), unsound.Why));
                break;
            case Sound sound:
                await GetAsync(rest, sound);
                break;
        }
    }

    /// <summary>Whoever reads slowly, or hears the page, can keep it from being loaded again.</summary>
    private Task UnfinishedAsync(Unfinished unfinished)
    {
        var isHeld = context.Request.Query["hold"] == "1";
        if (!isHeld)
        {
            context.Response.Headers["Refresh"] = RefreshSeconds;
        }

        return ShowAsync<UnfinishedPage>(
            page.Say("正在运行", "Running"),
            (nameof(UnfinishedPage.Progress), unfinished.Progress), (nameof(UnfinishedPage.Lines), unfinished.Lines), (nameof(UnfinishedPage.IsHeld), isHeld), (nameof(UnfinishedPage.Now), options.Clock.GetUtcNow()));
    }

    private Task GetAsync(string rest, Sound sound) => rest switch
    {
        "" => ShowAsync<OverviewPage>(
            sound.Now.Candidate.Name, (nameof(OverviewPage.Report), Report(sound)), (nameof(OverviewPage.Sound), sound), (nameof(OverviewPage.Sealed), StatementReading.Read(Path.Combine(pack.Folder, PackLayout.Statements)).Entries.Count)),
        "clauses" => ShowAsync<ClausesPage>(page.Say("条款对照", "Clauses"), (nameof(ClausesPage.Report), Report(sound))),
        "findings" => FindingsAsync(sound),
        "open" => ShowAsync<OpenPage>(page.Say(Verdict.NeedsReview.Name(), "To answer"), (nameof(OpenPage.Items), AnswerItems.Of(sound))),
        "open/item" => ItemAsync(sound, StatementKind.Attestation),
        "waivers" => ShowAsync<WaiversPage>(page.Say("豁免与备注", "Waivers and remarks"), (nameof(WaiversPage.Pack), sound.Now)),
        "waivers/item" => ItemAsync(sound, StatementKind.Waiver),
        "evidence" => ShowAsync<EvidencePage>(page.Say("证据", "Evidence"), (nameof(EvidencePage.Pack), sound.Now)),
        "evidence/view" => new EvidenceFiles(context, page, pack).ViewAsync(sound),
        "evidence/file" => new EvidenceFiles(context, page, pack).FileAsync(sound),
        "attachment" => new EvidenceFiles(context, page, pack).AttachmentAsync(sound),
        "compare" => CompareAsync(sound),
        _ => PageRendering.TroubleAsync(context, page, StatusCodes.Status404NotFound, page.Say("没有这一页。", "No such page.")),
    };

    private static AcceptanceReport Report(Sound sound) => AcceptanceReport.From(sound.Now);

    private Task FindingsAsync(Sound sound)
    {
        var query = context.Request.Query;
        return ShowAsync<FindingsPage>(
            page.Say("问题", "Findings"),
            (nameof(FindingsPage.Report), Report(sound)),
            (nameof(FindingsPage.Severity), Enum.TryParse<Severity>(query["severity"], ignoreCase: true, out var severity) && Enum.IsDefined(severity) ? severity : null),
            (nameof(FindingsPage.Pillar), Enum.GetValues<Pillar>().Where(p => p.Id() == query["pillar"]).Select(p => (Pillar?)p).FirstOrDefault()),
            (nameof(FindingsPage.Text), query["q"].ToString()),
            (nameof(FindingsPage.Waived), query["waived"] == "yes"));
    }

    private Task ItemAsync(Sound sound, StatementKind kind)
    {
        var query = context.Request.Query;
        return AnswerItems.Find(sound, ItemView.Named(context, kind)) is { } item
            ? ItemView.ShowAsync(context, page, options, sound, item, saved: query["saved"] == "1")
            : PageRendering.TroubleAsync(context, page, StatusCodes.Status404NotFound, page.Say("这个证据包里没有这一项。", "No such item in this pack."));
    }

    private async Task CompareAsync(Sound sound)
    {
        var (names, leftOff) = shelf.List();
        var others = names.Where(n => n != pack.Name).ToList();
        var with = context.Request.Query["with"].ToString();
        var (comparison, trouble) = with.Length == 0 ? (null, null) : await ComparisonAsync(sound, with);
        await ShowAsync<ComparePage>(
            page.Say("与上次相比", "Compared with an earlier pack"),
            (nameof(ComparePage.Others), others), (nameof(ComparePage.LeftOff), leftOff), (nameof(ComparePage.With), with), (nameof(ComparePage.Comparison), comparison), (nameof(ComparePage.Trouble), trouble));
    }

    private async Task<(PackComparison? Comparison, string? Trouble)> ComparisonAsync(Sound sound, string with)
    {
        if (shelf.Find(with) is not { } other || other.Name == pack.Name)
        {
            return (null, "没有这个证据包。");
        }

        if (await other.LookAsync() is not Sound earlier)
        {
            return (null, $"{with} 没有通过核验或没有完成，不作比较。");
        }

        try
        {
            return (PackComparing.Compare((other.Folder, earlier.Now), (pack.Folder, sound.Now), options.Tools), null);
        }
        catch (Exception trouble) when (trouble is PackException or InputFaultException)
        {
            return (null, trouble.Message);
        }
    }

    private Task ShowAsync<TPage>(string title, params IReadOnlyList<(string Name, object? Value)> parameters)
        where TPage : Microsoft.AspNetCore.Components.IComponent => PageRendering.ShowAsync<TPage>(context, page, title, StatusCodes.Status200OK, parameters);
}
