using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>
/// 档案接收方 · plays the archive to which a system transfers its packages, on 127.0.0.1. <c>POST /api/archive/receive</c> takes <c>reqid</c>, <c>aipdigest</c>
/// and either <c>url</c> (JSON) or the package itself (form field <c>package</c>); <c>GET /api/archive/receipts/{reqid}</c> gives the receipt.
/// </summary>
public sealed class ArchiveReceiver : IAsyncDisposable
{
    private const int LongestId = 200;

    private readonly WebApplication _application;
    private readonly ReceiverOptions _options;
    private readonly TimeProvider _clock;
    private readonly Action<ReceivedTransfer> _heard;
    private readonly ReceiverLedger _ledger = new();
    private readonly PackageFetch _fetch;
    private readonly PackageIntake _intake;
    private readonly ConcurrentQueue<ReceivedTransfer> _transfers = new();
    private int _asked;

    private ArchiveReceiver(WebApplication application, ReceiverOptions options, TimeProvider clock, Action<ReceivedTransfer> heard)
    {
        (_application, _options, _clock, _heard) = (application, options, clock, heard);
        _fetch = new PackageFetch(options.PullFrom);
        _intake = new PackageIntake(options);
    }

    public int Port { get; private set; }

    public Uri Address => new($"http://127.0.0.1:{Port}/api/archive/receive");

    /// <summary>Everything that was asked so far, in its order.</summary>
    public IReadOnlyList<ReceivedTransfer> Transfers => [.. _transfers];

    /// <summary>To verify receipts with.</summary>
    public string ReceiptKeyPem => _ledger.PublicKeyPem;

    /// <param name="options">How it behaves.</param>
    /// <param name="clock">Of the run.</param>
    /// <param name="heard">Told each request after it was answered.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    public static async Task<ArchiveReceiver> StartAsync(ReceiverOptions options, TimeProvider clock, Action<ReceivedTransfer> heard, CancellationToken stop)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = Environments.Production, ContentRootPath = AppContext.BaseDirectory });
        // Neither appsettings.json of the folder we were started in nor the environment opens another port.
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = options.PackageCap + (1024 * 1024);
            kestrel.Listen(IPAddress.Loopback, options.Port);
        });
        var application = builder.Build();
        var receiver = new ArchiveReceiver(application, options, clock, heard);
        // As a delegate: a bare method of this shape is taken for one that writes its answer itself.
        application.MapPost("/api/archive/receive", (Delegate)receiver.ReceiveAsync);
        application.MapGet("/api/archive/receipts/{reqid}", receiver.Receipt);
        await application.StartAsync(stop);
        receiver.Port = application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new Uri(a).Port).First();
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        await _application.DisposeAsync();
        _fetch.Dispose();
        _ledger.Dispose();
    }

    private IResult Receipt(HttpContext http, string reqid) =>
        !HasToken(http.Request) ? Answer(401, "TOKEN", "没有令牌或令牌不对", null)
        : _ledger.Find(reqid) is { } receipt ? Answer(200, "0", "已接收", receipt)
        : Answer(404, "NOT_FOUND", "没有这个请求号的回执", null);

    private async Task<IResult> ReceiveAsync(HttpContext http)
    {
        var stop = http.RequestAborted;
        var at = Interlocked.Increment(ref _asked) - 1;
        var answer = _options.Answers[Math.Min(at, _options.Answers.Count - 1)];
        var heard = new ReceivedTransfer { At = _clock.GetUtcNow(), ReqId = "", HadToken = HasToken(http.Request), IsRepeated = false, Outcome = TransferOutcome.Malformed, Reason = "" };
        if (!heard.HadToken || answer.Kind == ReceiverAnswerKind.BadToken)
        {
            return Close(heard with { Outcome = TransferOutcome.Unauthorized, Reason = heard.HadToken ? "演练：令牌已过期" : "没有令牌或令牌不对" }, null);
        }

        try
        {
            var request = await TransferRequest.ReadAsync(http.Request, body => _intake.TakeAsync(body, stop), stop);
            heard = heard with { ReqId = Plain(request.ReqId), IsRepeated = _ledger.Note(Plain(request.ReqId)), How = request.Package is not null ? "body" : request.Url is not null ? "url" : null };
            using var package = request.Package ?? (request.Url is null ? null : await _fetch.GetAsync(request.Url, body => _intake.TakeAsync(body, stop), stop));
            heard = Measured(heard, request, package);
            if (answer.Kind == ReceiverAnswerKind.Timeout)
            {
                return await SilentAsync(http, heard, stop);
            }

            var (told, receipt) = Decide(heard, answer);
            return Close(told, receipt);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException or BadHttpRequestException)
        {
            return Close(heard with { Outcome = TransferOutcome.Malformed, Reason = broken.Message }, null);
        }
        catch (ReceiverTroubleException own)
        {
            return Close(heard with { Outcome = TransferOutcome.OwnTrouble, Reason = own.Message }, null);
        }
    }

    private static ReceivedTransfer Measured(ReceivedTransfer heard, TransferRequest request, TransferDigest? package)
    {
        var found = package is null || request.Digest is null ? null : package.AlgorithmOf(request.Digest);
        return heard with
        {
            Bytes = package?.Bytes ?? 0,
            Sm3 = package?.Sm3Hex,
            Sha256 = package?.Sha256Hex,
            DigestAlgorithm = found ?? (request.Algorithm is { } named ? Plain(named) : null),
            DigestMatches = package is null || request.Digest is null ? null : found is not null,
        };
    }

    private (ReceivedTransfer Told, ReceiverReceipt? Receipt) Decide(ReceivedTransfer heard, ReceiverAnswer answer)
    {
        if (heard.ReqId.Length == 0 || heard.Sm3 is null)
        {
            return (heard with { Outcome = TransferOutcome.Malformed, Reason = heard.ReqId.Length == 0 ? "没有 reqid" : "没有归档信息包，也没有 url" }, null);
        }

        // A number that came before is no excuse for a digest that is wrong or missing now.
        if (_ledger.Find(heard.ReqId) is { } earlier && !(answer.Kind == ReceiverAnswerKind.Check && heard.DigestMatches != true && string.Equals(earlier.Sm3, heard.Sm3, StringComparison.Ordinal)))
        {
            return string.Equals(earlier.Sm3, heard.Sm3, StringComparison.Ordinal)
                ? (heard with { Outcome = TransferOutcome.AlreadyAccepted, Reason = "这个请求号的同一个包已经接收过，给出原来的回执" }, earlier)
                : (heard with { Outcome = TransferOutcome.Conflict, Reason = "这个请求号已经用于另一个包" }, null);
        }

        if (answer.Kind == ReceiverAnswerKind.Return)
        {
            return (heard with { Outcome = TransferOutcome.Returned, Reason = answer.Reason }, null);
        }

        if (answer.Kind == ReceiverAnswerKind.Check && heard.DigestMatches != true)
        {
            return (heard with { Outcome = TransferOutcome.Returned, Reason = heard.DigestMatches is null ? "没有摘要，无法核对信息包" : "摘要与收到的信息包不符" }, null);
        }

        return (heard with { Outcome = TransferOutcome.Accepted, Reason = answer.Kind == ReceiverAnswerKind.Check ? $"已接收，{heard.DigestAlgorithm} 摘要相符" : "已接收（没有核对）" }, _ledger.Accept(heard.ReqId, heard.Sm3, heard.Bytes, _clock.GetUtcNow()));
    }

    private async Task<IResult> SilentAsync(HttpContext http, ReceivedTransfer heard, CancellationToken stop)
    {
        Close(heard with { Outcome = TransferOutcome.Silent, Reason = "演练：不答复" }, null);
        try
        {
            await Task.Delay(_options.Silence, _clock, stop);
        }
        catch (OperationCanceledException)
        {
            // The sender gave up first.
        }

        http.Abort();
        return Results.Empty;
    }

    private IResult Close(ReceivedTransfer told, ReceiverReceipt? receipt)
    {
        _transfers.Enqueue(told);
        _heard(told);
        var (status, code) = told.Outcome switch
        {
            TransferOutcome.Accepted or TransferOutcome.AlreadyAccepted => (200, "0"),
            TransferOutcome.Returned => (200, "RETURNED"),
            TransferOutcome.Conflict => (409, "CONFLICT"),
            TransferOutcome.Unauthorized => (401, "TOKEN"),
            TransferOutcome.OwnTrouble => (500, "RECEIVER"),
            _ => (400, "MALFORMED"),
        };
        return Answer(status, code, told.Reason, receipt);
    }

    private static IResult Answer(int status, string code, string reason, ReceiverReceipt? receipt) => Results.Json(new { code, reason, receipt }, statusCode: status);

    private bool HasToken(HttpRequest request) =>
        request.Headers.Authorization.ToString() is { Length: < 4096 } given && given.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given[7..].Trim()), Encoding.UTF8.GetBytes(_options.Token));

    private static string Plain(string text) => string.Concat((text.Length > LongestId ? text[..LongestId] : text).Where(c => !char.IsControl(c)));
}
