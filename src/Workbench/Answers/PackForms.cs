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
        if (AnswerItems.Find(sound, ItemView.Named(context, kind)) is not { } item)
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

    private static StatementWords Offered(AnswerItem item, StatementWords words) =>
        words.Attestation is { } said && !item.Offers(said.Verdict) ? throw new InvalidDataException("这项材料交来的文件已由机器判为不符合，说好的回答不能改变它") : words;

    private async Task SaveAsync(Sound sound, AnswerItem item, PostedForm form)
    {
        Saving saving;
        try
        {
            saving = pack.Statements.Save(
                item.Item,
                form.Version,
                form.IsWithdrawal ? StatementWords.Withdrawal : Offered(item, form.ToWords(item.Item)),
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
                Answering.Redirect(context, $"{page.Root}{item.Address}&saved=1");
                break;
            case Overtaken:
                var now = await pack.LookAsync() as Sound ?? sound;
                await ItemView.ShowAsync(context, page, options, now, AnswerItems.Find(now, item.Item) ?? item, overtaken: true, entered: form);
                break;
            case Refused refused:
                await ItemView.ShowAsync(context, page, options, sound, item, trouble: refused.Why, entered: form);
                break;
        }
    }
}
