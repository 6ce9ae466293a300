using Microsoft.Playwright;
using SmartCity.SecurityCheck.Model;

namespace SmartCity.SecurityCheck.Workbench.Tests;

/// <summary>A browser, what its pages said and what they asked for.</summary>
internal sealed class Browsing : IAsyncDisposable
{
    /// <summary>What somebody who hears the page or uses keys would stumble over: names, headings, landmarks, contrast (WCAG 1.4.3), width.</summary>
    public const string Accessibility = """
        () => {
          const faults = [];
          const shown = e => { const r = e.getBoundingClientRect(); return r.width > 1 && r.height > 1; };
          const one = s => document.querySelectorAll(s).length === 1 || faults.push('not one ' + s);
          one('h1'); one('main'); one('header'); one('title'); if (location.pathname.startsWith('/p/')) one('nav[aria-label]');
          if (document.documentElement.scrollWidth > innerWidth) faults.push('wider than the window');
          let last = 1;
          for (const h of document.querySelectorAll('h1,h2,h3,h4')) { const l = +h.tagName[1]; if (l > last + 1) faults.push('heading skips to ' + h.textContent); last = l; }
          const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
          ids.filter((d, i) => ids.indexOf(d) !== i).forEach(d => faults.push('id twice ' + d));
          for (const e of document.querySelectorAll('input:not([type=hidden]),select,textarea'))
            if (!e.labels?.length || !e.labels[0].textContent.trim()) faults.push('no label ' + e.name);
          for (const e of document.querySelectorAll('a,button')) if (!e.textContent.trim()) faults.push('no name ' + e.outerHTML);
          for (const e of document.querySelectorAll('fieldset')) if (!e.querySelector('legend')) faults.push('no legend');
          for (const e of document.querySelectorAll('img')) if (!e.alt) faults.push('no alt');
          for (const e of document.querySelectorAll('table')) { if (!e.caption) faults.push('no caption'); if (![...e.querySelectorAll('th')].every(t => t.scope)) faults.push('no scope'); }
          if ([...document.querySelectorAll('[tabindex]')].some(e => +e.tabIndex > 0)) faults.push('tab order');
          const rgb = c => c.match(/[\d.]+/g).map(Number);
          const lum = c => { const [r, g, b] = c.map(v => { v /= 255; return v <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4; }); return .2126 * r + .7152 * g + .0722 * b; };
          const back = e => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor); if (c.length < 4 || c[3] > 0) return c.slice(0, 3); } return [255, 255, 255]; };
          for (const e of document.querySelectorAll('body *')) {
            if (![...e.childNodes].some(n => n.nodeType === 3 && n.textContent.trim()) || !shown(e)) continue;
            const [a, b] = [lum(rgb(getComputedStyle(e).color).slice(0, 3)), lum(back(e))];
            if ((Math.max(a, b) + .05) / (Math.min(a, b) + .05) < 4.5) faults.push('contrast ' + e.tagName + ' ' + e.textContent.trim().slice(0, 30));
          }
          return faults;
        }
        """;

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Browsing(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public List<string> Said { get; } = [];

    public List<string> Asked { get; } = [];

    public static async Task<Browsing> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        return new Browsing(playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = InstalledBrowser.Find(), Args = ["--no-sandbox", "--disable-background-networking"] }));
    }

    public async Task<IPage> EnterAsync(WorkbenchServer server, int width)
    {
        var context = await _browser.NewContextAsync(new() { ViewportSize = new() { Width = width, Height = 900 } });
        var page = await context.NewPageAsync();
        page.Console += (_, message) => Said.Add(message.Text);
        page.PageError += (_, message) => Said.Add(message);
        page.Dialog += (_, dialog) => Said.Add(dialog.Message);
        page.Request += (_, request) => Asked.Add(request.Url);
        await page.GotoAsync(server.Entrance);
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}
