using System.Globalization;
using System.Text;
using SmartCity.SecurityCheck.Model;
using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.Exposure;

/// <summary>Knocks at the open ports whose service it can speak to. Only with permission: a login that fails may be counted, and lock an account.</summary>
public sealed class OpenServicesProbe : Probe<ExposedHost, OpenServices>
{
    private const int MostDoors = 64;
    private const int MostAccounts = 9;

    private static readonly Finding Withheld = Finding.Undecided($"同名账户在这台机器上已试满 {LoginBudget.Most} 次，为了不锁账户没有再试，待人工核对");

    private static readonly IServiceCheck[] Checks = [new RedisCheck(), new MemcachedCheck(), new MongoCheck(), new ZooKeeperCheck(), new FtpCheck(), new MySqlCheck(), new PostgresCheck(), new SshCheck()];

    public override ProbeManifest Manifest { get; } = new()
    {
        Id = "exposure.open-services",
        Pillar = Pillar.Exposure,
        Title = "免鉴别的服务与出厂账户",
        Question = "开放的服务里，有没有不登录就能用的，或接受出厂账户的？",
        Needs = typeof(ExposedHost),
        Observes = typeof(OpenServices),
        Touches = Touches.Network,
        Intrusiveness = Intrusiveness.Intrusive,
        Timeout = TimeSpan.FromSeconds(900),
        Connections = MostDoors * 20,
        Tools = ["nmap", "ssh"],
        Version = "2",
    };

    protected override async Task<ProbeOutcome> ObserveAsync(ExposedHost target, ProbeContext context, CancellationToken cancellationToken)
    {
        var scan = await PortScans.OfAsync(target, context, cancellationToken);
        var naming = new PortNaming(context.Tables.Services);
        var done = new List<CheckedService>();
        var doors = scan.Open.Where(p => CheckOf(naming.Find(p)) is not null || naming.MaySpeakHttp(p)).ToList();
        IReadOnlyList<string> notAsked = [.. scan.Open.Except(doors).Where(p => !naming.IsHarmless(p)).Concat(doors.Skip(MostDoors)).Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Number}/tcp {naming.Find(p)?.Title ?? p.Service ?? "未识别的服务"}{(naming.Find(p)?.Group == ServiceGroup.RemoteDesktop ? "（口令没有试，待人工核对）" : "")}"))];
        var logins = new LoginBudget();
        foreach (var port in doors.Take(MostDoors))
        {
            done.AddRange(await AskAsync(target, port, naming, logins, context, cancellationToken));
        }

        if (done.Count + notAsked.Count == 0 && scan.IsWhole)
        {
            return new NotNeeded("没有开放的、本工具会问的服务");
        }

        var evidence = context.Evidence.Save(new EvidenceDraft(Manifest.Id, target.TargetId, "checked-services.txt", "text/plain", Encoding.UTF8.GetBytes(Text(done)), $"逐个询问 {target.Address} 上开放服务的结果；应答内容不保存"));
        return Saw(target, context, Describe(done, notAsked, scan.IsWhole), evidence);
    }

    internal static OpenServices Describe(IReadOnlyList<CheckedService> done, IReadOnlyList<string> notAsked, bool isWhole)
    {
        IReadOnlyList<CheckedService> Of(ServiceAccess access) => [.. done.Where(d => d.Access == access)];
        var undecided = Of(ServiceAccess.Undecided);
        var isSure = isWhole && undecided.Count + notAsked.Count == 0;
        return new OpenServices
        {
            Checked = isWhole ? new(done) : default,
            HasOpen = Any(Of(ServiceAccess.Open).Count > 0, isSure),
            Open = Of(ServiceAccess.Open),
            HasDefaultAccount = Any(Of(ServiceAccess.DefaultAccount).Count > 0, isSure),
            DefaultAccounts = Of(ServiceAccess.DefaultAccount),
            Undecided = undecided,
            NotAsked = notAsked,
        };
    }

    /// <summary>How many of a name are tried is for <see cref="LoginBudget"/>.</summary>
    private static IReadOnlyList<DefaultAccount> Published(IEnumerable<DefaultAccount> accounts, IServiceCheck check) =>
        [.. accounts.Where(a => a.Path is null && check.Services.Contains(a.Service, StringComparer.Ordinal)).GroupBy(a => a.User, StringComparer.Ordinal).SelectMany(g => g).Take(MostAccounts)];

    private static Fact<bool> Any(bool isSeen, bool isSure) => isSeen ? true : isSure ? false : default(Fact<bool>);

    private static IServiceCheck? CheckOf(KnownPort? known) => known is null ? null : Array.Find(Checks, c => c.Services.Contains(known.Service, StringComparer.Ordinal));

    private static async Task<IEnumerable<CheckedService>> AskAsync(ExposedHost target, FoundPort port, PortNaming naming, LoginBudget logins, ProbeContext context, CancellationToken stop)
    {
        var accounts = context.Tables.Services.SelectMany(t => t.Accounts).ToList();
        var known = naming.Find(port);
        if (CheckOf(known) is { } check)
        {
            var door = new Door(target, port.Number, Published(accounts, check), logins, context, stop);
            var finding = await GuardAsync(() => check.AskAsync(door), stop);
            return [Say(port, known!.Title, known.Service, door.HasWithheld && finding.Access == ServiceAccess.Guarded ? Withheld : finding)];
        }

        var web = new Door(target, port.Number, [], logins, context, stop);
        var pages = new WebPages(web, [.. context.Tables.Services.SelectMany(t => t.Pages)], [.. accounts.Where(a => a.Path is not null)], port.IsTls || port.Service == "https" ? true : port.Service is null ? null : false);
        var found = Believed(await pages.AskAsync(), known);
        return (web.HasWithheld ? found.Append((Service: "web", Finding: Withheld)) : found).Select(f => Say(port, f.Service, f.Service, f.Finding));
    }

    /// <summary>
    /// A page that is not there proves nothing of a service that has other doors: etcd without a login answers none of them. That a login is asked
    /// for is believed of such a port where the service itself said so on its own page.
    /// </summary>
    private static IEnumerable<(string Service, Finding Finding)> Believed(IReadOnlyList<(string Service, Finding Finding)> found, KnownPort? known)
    {
        if (known is null or { Group: ServiceGroup.Ordinary } || found.Any(f => f.Finding.Access != ServiceAccess.Guarded || f.Service == known.Service))
        {
            return found;
        }

        return [.. found.Where(f => f.Service != "web"), ("web", Finding.Undecided($"{known.Title} 的缺省页面没有免登录应答，这不能证明要求登录"))];
    }

    /// <summary>Whatever a stranger does to a conversation, it ends without a conclusion and no other one suffers.</summary>
    private static async Task<Finding> GuardAsync(Func<Task<Finding>> ask, CancellationToken stop)
    {
        try
        {
            return await ask();
        }
        catch (UnableException unable)
        {
            return Finding.Undecided(unable.Message);
        }
        catch (Exception broken) when (broken is IOException or InvalidDataException or ArgumentException or FormatException || (broken is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return Finding.Undecided(broken is OperationCanceledException ? "在限定时间内没有应答" : "在对话途中断开或应答不合协议");
        }
    }

    private static CheckedService Say(FoundPort port, string title, string service, Finding finding) =>
        new(port.Number, service, finding.Access, finding.Account, finding.Version ?? port.Version, $"{port.Number}/tcp {title}：{finding.What}{(finding.Version is { } version ? $"（{version}）" : "")}");

    private static string Text(IReadOnlyList<CheckedService> done)
    {
        var text = new StringBuilder();
        foreach (var one in done)
        {
            text.Append(CultureInfo.InvariantCulture, $"{one.Port}/tcp {one.Service} {one.Access} {one.Note}\n");
        }

        return text.ToString();
    }
}
