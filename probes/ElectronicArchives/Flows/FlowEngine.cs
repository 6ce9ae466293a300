using System.Globalization;
using System.Text;
using Microsoft.Playwright;
using SmartCity.SecurityCheck.Cryptography;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ElectronicArchives;

/// <summary>Walks through a flow, step by step, and says of each how it ended.</summary>
/// <param name="flow">What to do.</param>
/// <param name="start">Where the system is.</param>
/// <param name="browser">With what.</param>
/// <param name="context">Of the probe.</param>
/// <param name="folder">Where downloads are kept meanwhile.</param>
/// <param name="isDry">True: nothing is changed, what would be used is told.</param>
internal sealed class FlowEngine(BrowserFlow flow, Uri start, FlowBrowser browser, ProbeContext context, string folder, bool isDry) : IAsyncDisposable
{
    private static readonly TimeSpan LoginLimit = TimeSpan.FromSeconds(30);
    private readonly List<FlowStepResult> _results = [];
    private readonly List<string> _dialogs = [];
    private readonly NetworkLog _log = new(context.Clock);
    private readonly FlowWork _work = new(flow, folder);
    private FlowPage? _page;
    private string _account = "第一账户";
    private string _chain = new('0', 64);

    public IReadOnlyList<FlowStepResult> Results => _results;

    public IReadOnlyList<FieldDifference> Differences => _work.Differences;

    public IReadOnlyList<string> Dialogs => [.. _dialogs.Select(d => _work.Covered(d))];

    public string Chain => _chain;

    public List<Evidence> Evidence { get; } = [];

    /// <returns>How logging in ended.</returns>
    public async Task<string> RunAsync(string targetId, CancellationToken cancellationToken)
    {
        string login;
        try
        {
            login = await EnterAsync(flow.Login, cancellationToken);
        }
        catch (StepEndException end)
        {
            await ProveAsync("login", targetId);
            _results.AddRange(flow.Steps.Select(s => Result(s, StepOutcome.NotRun, $"没有登录成功，没有做：{end.Message}", new StepNotes(), 0)));
            return $"没有成功：{end.Message}{(end.Candidates.Count > 0 ? $"（{string.Join("、", end.Candidates)}）" : "")}";
        }

        var changedNothing = false;
        foreach (var step in flow.Steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var notes = new StepNotes();
            var began = context.Clock.GetTimestamp();
            var (outcome, why) = await StepAsync(step, notes, cancellationToken);
            if (changedNothing && outcome is StepOutcome.NotFound or StepOutcome.TimedOut)
            {
                why += "；前面的步骤没有真的做，它可能还不存在";
            }

            changedNothing |= outcome == StepOutcome.WouldUse;
            var milliseconds = (long)context.Clock.GetElapsedTime(began).TotalMilliseconds;
            var digests = step.Picture || outcome is not (StepOutcome.Done or StepOutcome.WouldUse) || step.Proves.Count > 0 ? await ProveAsync(step.Id, targetId) : "";
            _chain = Convert.ToHexStringLower(Sm3.HashData(Encoding.UTF8.GetBytes($"{_chain}\n{step.Id}\n{outcome}\n{digests}")));
            _results.Add(Result(step, outcome, why, notes, milliseconds));
        }

        Evidence.Add(context.Evidence.Save(new EvidenceDraft(ArchiveFlowProbe.Id, targetId, "network.har", "application/json", _log.ToHar(), "浏览器的请求（没有正文、Cookie 与参数值）")));
        return login;
    }

    public async ValueTask DisposeAsync()
    {
        if (_page is not null)
        {
            await _page.DisposeAsync();
        }
    }

    private FlowStepResult Result(FlowStep step, StepOutcome outcome, string why, StepNotes notes, long milliseconds) => new(
        step.Id, step.Verb.Word(), outcome, _work.Covered(why), [.. notes.Used.Select(_work.Covered)], [.. notes.Candidates.Select(_work.Covered)], [.. notes.Seen.Select(_work.Covered)],
        milliseconds, _account, step.Proves, _chain);

    private async Task<(StepOutcome Outcome, string Why)> StepAsync(FlowStep step, StepNotes notes, CancellationToken cancellationToken)
    {
        try
        {
            if (step.Verb == FlowVerb.SwitchUser)
            {
                await EnterAsync(_account == "第一账户" ? flow.SecondLogin : flow.Login, cancellationToken);
                _account = _account == "第一账户" ? "第二账户" : "第一账户";
            }

            _page!.AcceptDialogs = step.AcceptDialogs && !isDry;
            var run = new StepRun(step, _page, _work, notes, start, context.Clock, isDry);
            await run.DoAsync(cancellationToken);
            return step.MustBeRefused
                ? (StepOutcome.Contradicted, $"{_account}本不该到这里，却到了")
                : run.WasHeldBack ? (StepOutcome.WouldUse, "会做到这里；试走没有真的做") : (StepOutcome.Done, notes.Seen.Count > 0 ? $"做成；{notes.Seen[^1]}" : "做成");
        }
        catch (StepEndException end)
        {
            notes.Candidates.AddRange(end.Candidates);
            return await EndedAsync(step, end.Outcome, end.Message);
        }
        catch (TimeoutException slow)
        {
            return await EndedAsync(step, StepOutcome.TimedOut, FlowPage.First(slow));
        }
        catch (PlaywrightException trouble)
        {
            return await EndedAsync(step, StepOutcome.Trouble, FlowPage.First(trouble));
        }
    }

    /// <summary>A page that asks for a password again explains every label that is not there.</summary>
    private async Task<(StepOutcome Outcome, string Why)> EndedAsync(FlowStep step, StepOutcome outcome, string why)
    {
        if (step.MustBeRefused && outcome is StepOutcome.Refused)
        {
            return (StepOutcome.Done, $"{_account}被拒绝：{why}");
        }

        if (outcome is StepOutcome.NotFound or StepOutcome.TimedOut && (await _page!.LookAsync()).HasPassword && flow.Login is not null)
        {
            return step.MustBeRefused ? (StepOutcome.Done, $"{_account}被送回登录页") : (outcome, $"页面是登录页，会话多半已经退出；{why}");
        }

        return step.MustBeRefused && outcome == StepOutcome.NotFound ? (StepOutcome.NotFound, $"{_account}看不到它，但也没有看到拒绝的话；{why}") : (outcome, why);
    }

    private async Task<string> EnterAsync(FlowLogin? login, CancellationToken cancellationToken)
    {
        if (_page is not null)
        {
            await _page.DisposeAsync();
        }

        _page = await FlowPage.OpenAsync(browser, flow, _log, _dialogs);
        var address = login?.Address is { } path ? new Uri(start, path) : start;
        await _page.GoAsync(address, LoginLimit);
        if (login is null)
        {
            return "流程没有写登录";
        }

        var notes = new StepNotes();
        var step = new FlowStep { Id = "login", Verb = FlowVerb.Fill, Entries = login.Entries, Click = new FlowElement { Text = login.Submit, IsButton = true }, Sight = login.Success is { } sign ? new FlowSight { Text = sign } : null, Limit = LoginLimit };
        try
        {
            await new StepRun(step, _page, _work, notes, start, context.Clock, isDry: false).DoAsync(cancellationToken);
        }
        catch (Exception trouble) when (trouble is PlaywrightException or TimeoutException)
        {
            throw new StepEndException(StepOutcome.Trouble, FlowPage.First(trouble));
        }

        return login.Success is null ? "提交了登录；没有写成功标志，成不成功没有核对" : $"登录后见到 {login.Success}";
    }

    /// <summary>Picture and text, values covered.</summary>
    /// <returns>Their digests.</returns>
    private async Task<string> ProveAsync(string step, string targetId)
    {
        try
        {
            var seen = await _page!.LookAsync();
            _work.Hide(seen.Hidden);
            var hidden = _work.Hidden;
            var text = Encoding.UTF8.GetBytes(_work.Covered($"{NetworkLog.Plain(_page.Url)}\n{seen.Text}"));
            var kept = context.Evidence.Save(new EvidenceDraft(ArchiveFlowProbe.Id, targetId, $"{step}.txt", "text/plain", text, $"步骤 {step} 结束时页面上的文字（个人信息已遮盖）"));
            Evidence.Add(kept);
            if (await _page.PictureAsync(hidden) is not { } picture)
            {
                return kept.Sm3;
            }

            var shown = context.Evidence.Save(new EvidenceDraft(ArchiveFlowProbe.Id, targetId, $"{step}.png", "image/png", picture, string.Create(CultureInfo.InvariantCulture, $"步骤 {step} 结束时的页面（个人信息与口令已遮盖）")));
            Evidence.Add(shown);
            return $"{kept.Sm3} {shown.Sm3}";
        }
        catch (Exception trouble) when (trouble is StepEndException or PlaywrightException or TimeoutException)
        {
            return "";
        }
    }
}
