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
    private const string First = "第一账户";
    private const string Second = "第二账户";
    private const string Unknown = "页面没有看全，不知道哪些要遮盖，没有写出来";
    private const int MostPictures = 3;
    private static readonly TimeSpan LoginLimit = TimeSpan.FromSeconds(30);
    private readonly List<FlowStepResult> _results = [];
    private readonly List<string> _dialogs = [];
    private readonly FlowWork _work = new(flow, folder) { Profiles = context.Tables.Packages };
    private readonly HashSet<string> _refusals = new(StringComparer.Ordinal);
    private IReadOnlyList<string> _atEntry = [];
    private FlowPage? _page;
    private string _account = First;
    private bool _isIn;
    private string _chain = new('0', 64);

    public NetworkLog Network { get; } = new(context.Clock);

    public IReadOnlyList<FlowStepResult> Results => _results;

    public IReadOnlyList<FieldDifference> Differences => _work.Differences;

    public IReadOnlyList<string> Dialogs => [.. _dialogs.Select(d => _work.Covered(d))];

    public string Chain => _chain;

    public IReadOnlyList<string> UnmatchedMasks => _work.UnmatchedMasks;

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
            await ProveAsync("login", targetId, new StepNotes());
            _results.AddRange(flow.Steps.Select(s => Result(s, StepOutcome.NotRun, $"没有登录成功，没有做：{end.Message}", new StepNotes(), 0)));
            return _work.Covered($"没有成功：{NetworkLog.PlainIn(end.Message)}{(end.Candidates.Count > 0 ? $"（{string.Join("、", end.Candidates)}）" : "")}");
        }

        var changedNothing = false;
        foreach (var step in flow.Steps)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var notes = new StepNotes();
            var dialogs = _dialogs.Count;
            var began = context.Clock.GetTimestamp();
            var (outcome, why) = WhyNot(step) is { } reason ? (StepOutcome.NotRun, reason) : await StepAsync(step, notes, cancellationToken);
            if (changedNothing && outcome is StepOutcome.NotFound or StepOutcome.TimedOut)
            {
                why += "；前面的步骤没有真的做，它可能还不存在";
            }

            changedNothing |= outcome == StepOutcome.WouldUse;
            var milliseconds = (long)context.Clock.GetElapsedTime(began).TotalMilliseconds;
            var (digests, unproved) = step.Picture || outcome is not (StepOutcome.Done or StepOutcome.WouldUse) || step.Proves.Count > 0 ? await ProveAsync(step.Id, targetId, notes) : ("", "");
            _chain = Convert.ToHexStringLower(Sm3.HashData(Encoding.UTF8.GetBytes($"{_chain}\n{step.Id}\n{outcome}\n{digests}")));
            _results.Add(Result(step, outcome, (notes.IsCovered || outcome == StepOutcome.NotRun ? why : Bare(step, outcome)) + unproved, notes, milliseconds));
            HideDialogs(dialogs, notes);
        }

        Evidence.Add(context.Evidence.Save(new EvidenceDraft(ArchiveFlowProbe.Id, targetId, "network.har", "application/json", Network.ToHar(_work.CoveredAddress), "浏览器的请求（没有正文、Cookie 与参数值）")));
        return _work.Covered(login);
    }

    public async ValueTask DisposeAsync()
    {
        if (_page is not null)
        {
            await _page.DisposeAsync();
        }
    }

    private FlowStepResult Result(FlowStep step, StepOutcome outcome, string why, StepNotes notes, long milliseconds) => new(
        step.Id, step.Verb.Word(), outcome, _work.Covered(why), Told(notes, notes.Used), Told(notes, notes.Candidates), Told(notes, notes.Seen),
        milliseconds, _account, step.Proves, _chain);

    private IReadOnlyList<string> Told(StepNotes notes, List<string> read) =>
        notes.IsCovered || read.Count == 0 ? [.. read.Select(_work.Covered)] : [$"有 {read.Count} 项；{Unknown}"];

    /// <summary>How it ended, and the labels the flow itself speaks of: nothing a page said.</summary>
    private static string Bare(FlowStep step, StepOutcome outcome)
    {
        List<string> labels = [.. step.Expected.Select(e => e.Field), .. step.Remember.Select(m => m.Column), .. step.RowCountOf is { } counted ? [counted] : Array.Empty<string>()];
        return $"{EnumWords.Say(outcome)}{(labels.Count > 0 ? $"（{string.Join("、", labels)}）" : "")}；{Unknown}";
    }

    /// <summary>What a page asked in a dialog while it was not known what is to be covered.</summary>
    private void HideDialogs(int from, StepNotes notes)
    {
        lock (_dialogs)
        {
            for (var i = from; i < _dialogs.Count && !notes.IsCovered; i++)
            {
                _dialogs[i] = $"{_dialogs[i].AsSpan(0, _dialogs[i].IndexOf('：', StringComparison.Ordinal))}：{Unknown}";
            }
        }
    }

    /// <summary>Null where the step can be done as the account it is meant for.</summary>
    private string? WhyNot(FlowStep step) =>
        step.Verb == FlowVerb.SwitchUser ? null
        : !_isIn ? "换用户没有登录成功，没有做"
        : step.MustBeRefused && (_account == First ? flow.Login : flow.SecondLogin) is { Success: null } ? $"{_account}的登录没有写 成功标志，登没登录上不知道，被拒绝不能证明什么，没有做"
        : null;

    private async Task<(StepOutcome Outcome, string Why)> StepAsync(FlowStep step, StepNotes notes, CancellationToken cancellationToken)
    {
        try
        {
            if (step.Verb == FlowVerb.SwitchUser)
            {
                var next = step.Account ?? (_account == First ? Second : First);
                _isIn = false;
                _account = next;
                await EnterAsync(next == First ? flow.Login : flow.SecondLogin, cancellationToken);
            }

            if (step.MustBeRefused)
            {
                // A page that refused a step before is no page anybody was given; what it says again on another one it says anew.
                var before = StepRefusal.All(await _page!.LookAsync()).Where(w => step.Address is null || !_refusals.Contains(w));
                _work.Usual = new HashSet<string>([.. _atEntry, .. before], StringComparer.Ordinal);
            }

            _page!.AcceptDialogs = step.AcceptDialogs && !isDry;
            var run = new StepRun(step, _page, _work, notes, start, context.Clock, isDry, cancellationToken);
            await run.DoAsync();
            return run.WasHeldBack ? (StepOutcome.WouldUse, "会做到这里；试走没有真的做")
                : step.MustBeRefused ? (StepOutcome.Contradicted, $"{_account}本不该到这里，却到了{(notes.Seen.Count > 0 ? $"；{notes.Seen[^1]}" : "")}")
                : (StepOutcome.Done, notes.Seen.Count > 0 ? $"做成；{notes.Seen[^1]}" : "做成");
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
        if (step.Verb == FlowVerb.SwitchUser || outcome is not (StepOutcome.Refused or StepOutcome.NotFound or StepOutcome.TimedOut or StepOutcome.Contradicted))
        {
            return (outcome, why);
        }

        var seen = await _page!.LookAsync();
        var word = StepRefusal.In(seen, _work.Usual);
        if (step.MustBeRefused && word is not null)
        {
            _refusals.Add(word);
        }

        if (step.MustBeRefused && outcome == StepOutcome.Refused)
        {
            return (StepOutcome.Done, $"{_account}被拒绝：{why}");
        }

        var isLogin = StepRefusal.IsLogin(seen, flow.Login) || StepRefusal.IsLogin(seen, flow.SecondLogin);
        if (!step.MustBeRefused)
        {
            return (outcome, isLogin && outcome is StepOutcome.NotFound or StepOutcome.TimedOut ? $"页面是登录页，会话多半已经退出；{why}" : why);
        }

        // What a refused account does not see refutes nothing.
        return isLogin ? (StepOutcome.Done, $"{_account}被送回登录页")
            : word is not null ? (StepOutcome.Done, $"{_account}被拒绝：页面上写着“{word}”")
            : (outcome == StepOutcome.NotFound ? outcome : StepOutcome.TimedOut, $"{_account}没有看到它，但也没有看到拒绝的话；{why}");
    }

    private async Task<string> EnterAsync(FlowLogin? login, CancellationToken cancellationToken)
    {
        if (_page is not null)
        {
            await _page.DisposeAsync();
        }

        _page = await FlowPage.OpenAsync(browser, flow, Network, _dialogs);
        var address = login?.Address is { } path ? new Uri(start, path) : start;
        await _page.GoAsync(address, LoginLimit);
        if (login is null)
        {
            _atEntry = [.. StepRefusal.All(await _page.LookAsync())];
            _isIn = true;
            return "流程没有写登录";
        }

        var notes = new StepNotes();
        var step = new FlowStep { Id = "login", Verb = FlowVerb.Fill, Entries = login.Entries, Click = new FlowElement { Text = login.Submit, IsButton = true }, Sight = login.Success is { } sign ? new FlowSight { Text = sign } : null, Limit = LoginLimit };
        try
        {
            await new StepRun(step, _page, _work, notes, start, context.Clock, isDry: false, cancellationToken).DoAsync();
        }
        catch (Exception trouble) when (trouble is PlaywrightException or TimeoutException)
        {
            throw new StepEndException(StepOutcome.Trouble, FlowPage.First(trouble));
        }

        _atEntry = [.. StepRefusal.All(await _page.LookAsync())];
        _isIn = true;
        return login.Success is null ? "提交了登录；没有写成功标志，成不成功没有核对" : $"登录后见到 {login.Success}";
    }

    /// <summary>Picture and text, values covered; neither where it is not known what to cover.</summary>
    /// <returns>Their digests, and what has to be said of one that is missing.</returns>
    private async Task<(string Digests, string Unproved)> ProveAsync(string step, string targetId, StepNotes notes)
    {
        try
        {
            var seen = await _page!.LookAsync();
            if (!_work.Hide(seen))
            {
                notes.IsCovered = false;
                return ("", "；页面没有看全，不知道要遮盖的值在哪里，没有留下文字和截图");
            }

            var covered = Coverage(seen);
            var text = Encoding.UTF8.GetBytes(_work.Covered($"{_work.CoveredAddress(_page.Url)}\n{seen.Text}"));
            var kept = Keep(targetId, $"{step}.txt", "text/plain", text, $"步骤 {step} 结束时页面上的文字（{covered}）");
            if (await PictureAsync() is not { } picture)
            {
                return (kept.Sm3, "；没有留下截图：截不到，或截图时要遮盖的内容在变");
            }

            var shown = Keep(targetId, $"{step}.png", "image/png", picture.Png, string.Create(CultureInfo.InvariantCulture, $"步骤 {step} 结束时的页面（遮盖 {picture.Covers} 处；{covered}）"));
            return ($"{kept.Sm3} {shown.Sm3}", "");
        }
        catch (Exception trouble) when (trouble is StepEndException or PlaywrightException or TimeoutException)
        {
            return ("", "");
        }
    }

    /// <summary>What came between the look and the picture may be in the picture uncovered; that one is thrown away.</summary>
    private async Task<CoveredPicture?> PictureAsync()
    {
        for (var i = 0; i < MostPictures; i++)
        {
            var hidden = _work.Hidden;
            var began = context.Clock.GetTimestamp();
            var picture = await _page!.PictureAsync(hidden);
            if (picture is null && context.Clock.GetElapsedTime(began) >= FlowPage.ScriptLimit)
            {
                return null;
            }

            var isKnown = _work.Hide(await _page.LookAsync());
            if (picture is not null && isKnown && _work.Hidden.Count == hidden.Count)
            {
                return picture;
            }
        }

        return null;
    }

    private Evidence Keep(string targetId, string name, string type, byte[] content, string what)
    {
        var kept = context.Evidence.Save(new EvidenceDraft(ArchiveFlowProbe.Id, targetId, name, type, content, what));
        Evidence.Add(kept);
        return kept;
    }

    private string Coverage(PageSnapshot seen)
    {
        List<string> unmatched = [.. flow.Masks.Except(seen.Matched, StringComparer.Ordinal)];
        return flow.Masks.Count == 0 ? "只遮盖了口令；流程没有写要遮盖的列或字段"
            : $"口令{string.Concat(seen.Matched.Select(m => $"、{m}"))} 的值已遮盖{(unmatched.Count > 0 ? $"；这一页没有对上的遮盖：{string.Join("、", unmatched)}" : "")}";
    }
}
