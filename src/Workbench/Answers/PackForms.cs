using Microsoft.AspNetCore.Http;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Workbench;

/// <summary>What people send: an answer, a waiver, or the wish to seal.</summary>
internal sealed class PackForms(HttpContext context, PageContext page, OpenPack pack, WorkbenchOptions options)
{
    public async Task PostAsync(string rest, PostedForm form)
    {
        if (await pack.LookAsync() is not Sound sound)
        {
            await PageRendering.TroubleAsync(context, page, StatusCodes.Status409Conflict, page.Say("这个证据包没有通过核验或没有完成，不接受回答。", "This pack is not verified or not finished: no answers are taken."));
            return;
        }

        switch (rest)
        {
            case "open/item":
                await SaveAsync(sound, StatementKind.Attestation, form);
                break;
            case "waivers/item":
                await SaveAsync(sound, StatementKind.Waiver, form);
                break;
            case "seal":
                Answering.Redirect(context, $"/p/{Uri.EscapeDataString(await pack.SealAsync(sound))}/");
                break;
            default:
                await PageRendering.TroubleAsync(context, page, StatusCodes.Status404NotFound, page.Say("没有这一页。", "No such page."));
                break;
        }
    }

    private async Task SaveAsync(Sound sound, StatementKind kind, PostedForm form)
    {
        var query = context.Request.Query;
        var target = query["t"].ToString() is { Length: > 0 } given ? given : null;
        if (AnswerItems.Find(sound, kind, query["r"].ToString(), target) is not { } item)
        {
            await PageRendering.TroubleAsync(context, page, StatusCodes.Status404NotFound, page.Say("这个证据包里没有这一项。", "No such item in this pack."));
            return;
        }

        if (item.Refusal is not null)
        {
            await ItemView.ShowAsync(context, page, options, sound, item, entered: form);
            return;
        }

        await SaveAsync(sound, item, form);
    }

    private async Task SaveAsync(Sound sound, AnswerItem item, PostedForm form)
    {
        Saving saving;
        try
        {
            var isWaiver = item.Item.Kind == StatementKind.Waiver;
            saving = pack.Statements.Save(
                item.Item,
                form.Version,
                form.IsWithdrawal || isWaiver ? null : form.ToAttestation(item.Item),
                form.IsWithdrawal || !isWaiver ? null : form.ToWaiver(item.Item),
                form.IsWithdrawal ? [] : await form.FilesAsync(),
                form.IsWithdrawal ? [] : form.Kept(sound.Log.FilesOf(item.Item)));
        }
        catch (InvalidDataException wrong)
        {
            saving = new Refused(wrong.Message);
        }

        switch (saving)
        {
            case Saved:
                var place = $"{(item.Item.Kind == StatementKind.Waiver ? "waivers" : "open")}/item?r={Uri.EscapeDataString(item.Item.RequirementId)}{(item.Item.TargetId is { } target ? $"&t={Uri.EscapeDataString(target)}" : "")}";
                Answering.Redirect(context, $"{page.Root}{place}&saved=1");
                break;
            case Overtaken:
                var now = await pack.LookAsync() as Sound ?? sound;
                await ItemView.ShowAsync(context, page, options, now, AnswerItems.Find(now, item.Item.Kind, item.Item.RequirementId, item.Item.TargetId) ?? item, overtaken: true, entered: form);
                break;
            case Refused refused:
                await ItemView.ShowAsync(context, page, options, sound, item, trouble: refused.Why, entered: form);
                break;
        }
    }
}
