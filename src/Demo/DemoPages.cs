using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace SmartCity.SecurityCheck.Demo;

/// <summary>The few pages of the sample system.</summary>
internal static class DemoPages
{
    private const string PortKey = "https-port";

    public const string Login = """
        <!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>演示政务服务系统</title>
        <h1>演示政务服务系统</h1>
        <form method="post" action="/login"><label>账号 <input name="user"></label> <label>口令 <input name="password" type="password"></label> <button>登录</button></form>
        </html>
        """;

    public static void Know(WebApplication application, int httpsPort) => ((IApplicationBuilder)application).Properties[PortKey] = httpsPort;

    public static void Map(WebApplication application, DemoVariant variant)
    {
        if (variant == DemoVariant.Careless)
        {
            application.Use(Careless);
        }
        else
        {
            application.Use((context, next) => WellRun(context, next, application));
        }

        application.MapGet("/", () => Results.Redirect("/login"));
        application.MapGet("/login", () => Results.Content(Login, "text/html; charset=utf-8"));
    }

    private static Task Careless(HttpContext context, RequestDelegate next)
    {
        context.Response.Headers.Server = "DemoServer/1.4.2";
        context.Response.Headers["X-Powered-By"] = "DemoFramework 4.0.30319";
        context.Response.Headers.SetCookie = "JSESSIONID=demo-session-value; Path=/";
        return next(context);
    }

    private static Task WellRun(HttpContext context, RequestDelegate next, IApplicationBuilder application)
    {
        if (!context.Request.IsHttps)
        {
            context.Response.Redirect($"https://{context.Request.Host.Host}:{application.Properties[PortKey]}{context.Request.Path}", permanent: true);
            return Task.CompletedTask;
        }

        var headers = context.Response.Headers;
        headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        headers.ContentSecurityPolicy = "default-src 'self'; frame-ancestors 'self'";
        headers.XFrameOptions = "SAMEORIGIN";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers.SetCookie = "SESSION=demo-session-value; Path=/; Secure; HttpOnly; SameSite=Lax";
        return next(context);
    }
}
