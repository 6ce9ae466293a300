using Microsoft.AspNetCore.Http;
using SmartCity.SecurityCheck.Judging;
using SmartCity.SecurityCheck.Pipeline;

namespace SmartCity.SecurityCheck.Workbench;

/// <summary>One request from its door to its answer.</summary>
internal sealed class Answering(AccessGate gate, Shelf shelf, WorkbenchOptions options)
{
    private const string LanguageCookie = "language";
    private const string Icon = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 16 16\"><path d=\"M2 2h12v12H2z\" fill=\"#1f3a5f\"/><path d=\"M4 8l3 3 5-6\" fill=\"none\" stroke=\"#fff\" stroke-width=\"2\"/></svg>";
    private static readonly Dictionary<string, (string Type, byte[] Bytes)> Open = new(StringComparer.Ordinal)
    {
        ["/style.css"] = ("text/css; charset=utf-8", ReadStyle()),
        ["/icon.svg"] = ("image/svg+xml", System.Text.Encoding.UTF8.GetBytes(Icon)),
    };

    public async Task AnswerAsync(HttpContext context)
    {
        try
        {
            await AdmitAsync(context);
        }
        catch (Exception refused) when (refused is BadHttpRequestException or InvalidDataException && !context.Response.HasStarted)
        {
            var status = refused is BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } ? StatusCodes.Status413PayloadTooLarge : StatusCodes.Status400BadRequest;
            await PageRendering.TroubleAsync(context, PageOf(context, null), status, status == StatusCodes.Status413PayloadTooLarge ? "提交的内容太大，没有保存。" : $"没有保存：{refused.Message}");
        }
        catch (Exception trouble) when (trouble is PackException or InputFaultException or IOException or UnauthorizedAccessException && !context.Response.HasStarted)
        {
            await PageRendering.TroubleAsync(context, PageOf(context, null), StatusCodes.Status500InternalServerError, $"没有做成，已保存的都在：{trouble.Message}");
        }
    }

    private async Task AdmitAsync(HttpContext context)
    {
        var (request, path) = (context.Request, context.Request.Path.Value ?? "/");
        if (!gate.IsOurHost(request))
        {
            await RefuseAsync(context, "这个地址不是本工作台的地址。");
        }
        else if (Open.TryGetValue(path, out var open) && HttpMethods.IsGet(request.Method))
        {
            SafeHeaders.ForPage(context.Response);
            context.Response.ContentType = open.Type;
            await context.Response.Body.WriteAsync(open.Bytes);
        }
        else if (path == "/enter" && HttpMethods.IsGet(request.Method))
        {
            await EnterAsync(context);
        }
        else if (!gate.IsKnown(request))
        {
            await RefuseAsync(context, "没有进入的凭据。请打开终端里 securitycheck serve 打印的地址；那个地址只能用一次，用过了请重新启动 serve。 / Open the address that securitycheck serve printed; it works once.");
        }
        else if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            await GetAsync(context, path);
        }
        else if (HttpMethods.IsPost(request.Method))
        {
            await PostAsync(context, path);
        }
        else
        {
            await RefuseAsync(context, "不支持的请求方法。", StatusCodes.Status405MethodNotAllowed);
        }
    }

    private Task EnterAsync(HttpContext context)
    {
        if (!gate.TryEnter(context) && !gate.IsKnown(context.Request))
        {
            return RefuseAsync(context, "这个地址不对，或已经用过。请重新启动 securitycheck serve，打开新打印的地址。");
        }

        Redirect(context, "/");
        return Task.CompletedTask;
    }

    private async Task GetAsync(HttpContext context, string path)
    {
        if (path == "/")
        {
            await ShelfAsync(context);
        }
        else if (path == "/language")
        {
            SwitchLanguage(context);
        }
        else if (FindPack(path, out var rest) is { } pack)
        {
            await new PackPages(context, PageOf(context, pack.Name), pack, shelf, options).GetAsync(rest);
        }
        else
        {
            await PageRendering.TroubleAsync(context, PageOf(context, null), StatusCodes.Status404NotFound, "没有这一页。");
        }
    }

    private async Task PostAsync(HttpContext context, string path)
    {
        var form = await PostedForm.ReadAsync(context.Request);
        if (!gate.IsOurForm(context.Request, form.Form))
        {
            await RefuseAsync(context, "这份表单不是从本工作台的页面提交的，没有保存。");
        }
        else if (FindPack(path, out var rest) is { } pack)
        {
            await new PackForms(context, PageOf(context, pack.Name), pack, options).PostAsync(rest, form);
        }
        else
        {
            await PageRendering.TroubleAsync(context, PageOf(context, null), StatusCodes.Status404NotFound, "没有这一页。");
        }
    }

    private async Task ShelfAsync(HttpContext context)
    {
        var (names, leftOff) = shelf.List();
        if (shelf.IsSingle && names.Count == 1)
        {
            Redirect(context, $"/p/{Uri.EscapeDataString(names[0])}/");
            return;
        }

        var page = PageOf(context, null);
        var rows = names.Select(n => (n, File.Exists(Path.Combine(shelf.PathOf(n), PackLayout.Unfinished)))).ToList();
        await PageRendering.ShowAsync<ShelfPage>(context, page, page.Say("证据包", "Packs"), StatusCodes.Status200OK, (nameof(ShelfPage.Names), rows), (nameof(ShelfPage.LeftOff), leftOff));
    }

    private OpenPack? FindPack(string path, out string rest)
    {
        var parts = path.Split('/', 4);
        rest = parts.Length > 3 ? parts[3] : "";
        return parts is ["", "p", { Length: > 0 } name, ..] && parts.Length > 3 ? shelf.Find(name) : null;
    }

    private static void SwitchLanguage(HttpContext context)
    {
        context.Response.Cookies.Append(LanguageCookie, context.Request.Query["to"] == "en" ? "en" : "zh", new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });
        var back = context.Request.Query["back"].ToString();
        Redirect(context, back.StartsWith('/') && !back.StartsWith("//", StringComparison.Ordinal) && back.All(c => c is > ' ' and < '\x7f' and not '\\') ? back : "/");
    }

    private PageContext PageOf(HttpContext context, string? pack) => new(
        context.Request.Cookies[LanguageCookie] == "en",
        gate.Proof,
        pack,
        $"{context.Request.PathBase.ToUriComponent()}{context.Request.Path.ToUriComponent()}{context.Request.QueryString.ToUriComponent()}");

    public static void Redirect(HttpContext context, string to)
    {
        SafeHeaders.ForPage(context.Response);
        context.Response.StatusCode = StatusCodes.Status303SeeOther;
        context.Response.Headers.Location = to;
    }

    private static async Task RefuseAsync(HttpContext context, string why, int status = StatusCodes.Status403Forbidden)
    {
        SafeHeaders.ForPage(context.Response);
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync(why + "\n");
    }

    private static byte[] ReadStyle()
    {
        using var stream = typeof(Answering).Assembly.GetManifestResourceStream("workbench.css")!;
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
