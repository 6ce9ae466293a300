using SmartCity.SecurityCheck.Probing;

namespace SmartCity.SecurityCheck.Probes.ClassifiedProtection.Tests;

/// <summary>Directives that look like a cure and are none.</summary>
public sealed class NginxTrapTests
{
    private static NginxSettings Read(string http, string top = "") => new NginxProbe().Read(new MadeHost().File("/etc/nginx/nginx.conf", $"{top}\nhttp {{\n{http}\n}}\n").File("/etc/passwd", "root:x:0:0::/:/bin/sh\ntoor:x:0:0::/:/bin/sh\nwww-data:x:33:33::/:/bin/sh\n")).Record!;

    private static string Clear(string server) => Verdicts.Of("NGX-04", Read($"server {{\n{server}\n}}"));

    [Theory]
    [InlineData("listen 80; listen 443 ssl; location / { root /x; }")]
    [InlineData("listen 80; location /old { return 301 https://$host$request_uri; }")]
    [InlineData("listen 80; location / { root /x; } location /old { return 301 https://$host$request_uri; }")]
    [InlineData("listen 80; rewrite ^/old https://h.example.cn/ redirect; root /x;")]
    [InlineData("listen 80; break; return 301 https://$host$request_uri;")]
    [InlineData("listen 80; rewrite ^/a /b last; return 301 https://$host$request_uri;")]
    [InlineData("listen 80; error_page 404 = @app; return 404; location @app { root /x; }")]
    [InlineData("listen 80; error_page 301 =200 @app; return 301 https://$host$request_uri; location @app { root /x; }")]
    [InlineData("listen 80; location / { return 404; } location /app { proxy_pass http://127.0.0.1:1; }")]
    [InlineData("listen 80; location / { return 301 https://$host$request_uri; location /app { root /x; } }")]
    [InlineData("listen 80; return 301 http://$host:8080$request_uri;")]
    [InlineData("listen 80; return 301 $scheme://$host$request_uri;")]
    [InlineData("root /x;")]
    [InlineData("listen 80; if ($scheme = https) { return 301 https://$host$request_uri; } root /x;")]
    [InlineData("listen 8080; listen 443 ssl; if ($server_port = 80) { return 301 https://$host$request_uri; } root /x;")]
    public void A_port_that_answers_in_clear_is_one(string server) => Assert.Equal("不符合", Clear(server));

    [Theory]
    [InlineData("listen 80; return 301 https://$host$request_uri;")]
    [InlineData("listen 80; listen 443 ssl; if ($scheme = http) { return 301 https://$host$request_uri; } root /x;")]
    [InlineData("listen 80; listen 443 ssl; if ($scheme != \"https\") { return 301 https://$host$request_uri; } root /x;")]
    [InlineData("listen 80; listen 443 ssl; if ($server_port = 80) { return 301 https://$host$request_uri; } root /x;")]
    [InlineData("listen 80; if ($host = h.example.cn) { return 301 https://$host$request_uri; } return 404;")]
    [InlineData("listen 80; location / { return 301 https://$host$request_uri; }")]
    [InlineData("listen 80; rewrite ^(.*)$ https://$host$1 permanent;")]
    [InlineData("listen 80; return https://h.example.cn/;")]
    [InlineData("listen 80; return 444;")]
    [InlineData("listen unix:/run/x.sock; root /x;")]
    [InlineData("listen 443; root /x; } server { listen 443 ssl; root /y;")]
    public void Who_sends_everybody_to_https_earns_it(string server) => Assert.Equal("符合", Clear(server));

    [Theory]
    [InlineData("listen 80; return 301 $target;")]
    [InlineData("listen 80; if ($cookie_x) { rewrite ^ /app last; } return 301 https://$host$request_uri;")]
    public void What_hangs_on_a_variable_is_left_to_people_with_its_line(string server)
    {
        var read = Read($"server {{\n{server}\n}}");
        Assert.Equal("待人工", Verdicts.Of("NGX-04", read));
        Assert.EndsWith(":4", read.NotUnderstood.Value[0].Origin, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stub_status; allow 0.0.0.0/0; deny all;", "不符合")]
    [InlineData("stub_status; allow ::/0; deny all;", "不符合")]
    [InlineData("stub_status; allow 0.0.0.0/1; allow 128.0.0.0/1; deny all;", "不符合")]
    [InlineData("stub_status; allow all; deny all;", "不符合")]
    [InlineData("stub_status; deny 0.0.0.0/0;", "不符合")]
    [InlineData("stub_status; satisfy any; allow all; auth_basic x; auth_basic_user_file f;", "不符合")]
    [InlineData("stub_status; auth_basic x;", "不符合")]
    [InlineData("stub_status; auth_basic $x; auth_basic_user_file f;", "不符合")]
    [InlineData("stub_status; auth_basic \"${x}\"; auth_basic_user_file f;", "不符合")]
    [InlineData("return 200 ok; allow 127.0.0.1; deny all;", "不符合")]
    [InlineData("stub_status; allow 10.0.0.0/8; deny all; allow all;", "符合")]
    [InlineData("stub_status; deny all; allow 10.0.0.0/8;", "符合")]
    [InlineData("stub_status; deny 10.0.0.9; allow 10.0.0.0/8; deny all;", "符合")]
    [InlineData("stub_status; auth_basic x; auth_basic_user_file f;", "符合")]
    public void The_first_that_matches_counts_and_whom_it_lets_in(string inside, string verdict) =>
        Assert.Equal(verdict, Verdicts.Of("NGX-07", Read($"server {{\nlisten 80;\nlocation /nginx_status {{\n{inside}\n}} }}")));

    [Fact]
    public void A_status_page_needs_no_location_and_limits_are_inherited()
    {
        Assert.Equal("不符合", Verdicts.Of("NGX-07", Read("server { listen 80; stub_status; }")));
        Assert.Equal("符合", Verdicts.Of("NGX-07", Read("allow 10.0.0.0/8; deny all; server { listen 80; stub_status; }")));
    }

    [Theory]
    [InlineData("autoindex ON;", "NGX-02", "不符合")]
    [InlineData("fancyindex on;", "NGX-02", "不符合")]
    [InlineData("location / { if ($x) { set $y 1; } autoindex oN; }", "NGX-02", "不符合")]
    [InlineData("access_log /dev/null;", "NGX-05", "不符合")]
    [InlineData("access_log /var/log/a.log; location / { access_log off; }", "NGX-05", "不符合")]
    [InlineData("location ~ \\.php$ { access_log off; fastcgi_pass x; }", "NGX-05", "不符合")]
    [InlineData("access_log /var/log/a.log none;", "NGX-05", "不符合")]
    [InlineData("access_log /var/log/a.log combined if=0;", "NGX-05", "不符合")]
    [InlineData("access_log /var/log/a.log combined if=$x;", "NGX-05", "待人工")]
    [InlineData("access_log /var/log/a.log combined if=$x; access_log syslog:server=10.0.0.1;", "NGX-05", "符合")]
    [InlineData("error_log /dev/null;", "NGX-05", "部分符合")]
    [InlineData("location ~* \\.(css|js)$ { access_log off; } location = /favicon.ico { access_log off; }", "NGX-05", "符合")]
    [InlineData("server_tokens off; location / { server_tokens on; }", "NGX-01", "不符合")]
    [InlineData("server_tokens OFF;", "NGX-01", "符合")]
    [InlineData("ssl_protocols tlsv1.2; ssl_conf_command MinProtocol TLSv1;", "NGX-03", "待人工")]
    [InlineData("ssl_protocols tlsv1.2;", "NGX-03", "符合")]
    public void Switches_are_taken_as_nginx_takes_them(string inside, string rule, string verdict) =>
        Assert.Equal(verdict, Verdicts.Of(rule, Read($"log_format none '-'; log_format full '$remote_addr [$time_local] \"$request\"';\nserver {{ listen 443 ssl;\n{inside}\n}}")));

    [Fact]
    public void Root_by_another_name_is_root_and_without_servers_nothing_is_said()
    {
        Assert.Equal("不符合", Verdicts.Of("NGX-06", Read("", "user toor;")));
        Assert.Equal(["待人工", "待人工", "待人工"], new[] { "NGX-01", "NGX-04", "NGX-05" }.Select(r => Verdicts.Of(r, Read(""))));
    }

    [Theory]
    [InlineData("server { listen 80; add_header X \"a\n; return 301 https://x; \"; }", "nginx.conf:3")]
    [InlineData("include a b;", "nginx.conf:3")]
    public void Text_over_several_lines_is_not_taken_for_directives(string http, string place) =>
        Assert.Contains(place, Assert.Throws<UnableException>(() => Read(http)).Message, StringComparison.Ordinal);

    [Fact]
    public void Programs_within_braces_are_no_directives()
    {
        var read = Read("server { listen 80;\n access_by_lua_block {\n if x then\n  return -- don't { }\n end }\n location ~ ^/a\\{b\\;c { root /x; } }");
        Assert.Equal("不符合", Verdicts.Of("NGX-04", read));
    }

    [Fact]
    public void Two_installations_are_two() =>
        Assert.Equal(2, new NginxProbe().ReadAll(new MadeHost().File("/etc/nginx/nginx.conf", "http { }").File("/usr/local/nginx/conf/nginx.conf", "http { }")).Count);

    private static string Judged(string rule, string http, string top = "") => Verdicts.Of(rule, new NginxProbe().Read(new MadeHost().File("/etc/nginx/nginx.conf", $"user www-data;\nerror_log /var/log/nginx/e.log;\nevents {{ }}\nhttp {{\n{http}\n}}\n{top}")).Record!);

    [Theory]
    [InlineData("set_real_ip_from 0.0.0.0/0; real_ip_header X-Forwarded-For; server { location /nginx_status { stub_status; allow 127.0.0.1; deny all; } }", "不符合")]
    [InlineData("set_real_ip_from 10.0.0.5; real_ip_header X-Forwarded-For; server { location /nginx_status { stub_status; allow 127.0.0.1; deny all; } }", "符合")]
    [InlineData("set_real_ip_from ::/0; server { location /nginx_status { satisfy any; stub_status; allow 127.0.0.1; deny all; auth_basic x; auth_basic_user_file y; } }", "不符合")]
    [InlineData("server { location /mgmt/ { proxy_pass http://127.0.0.1:8080/actuator/; } }", "不符合")]
    [InlineData("server { location ~ ^/act(uator)/ { proxy_pass http://127.0.0.1:8080; } }", "不符合")]
    [InlineData("server { location /status-api/ { proxy_pass http://127.0.0.1:8080; } }", "符合")]
    public void Pages_for_administrators_are_seen_whatever_they_are_called(string http, string verdict) => Assert.Equal(verdict, Judged("NGX-07", http));

    [Theory]
    [InlineData("stream { server { listen 8443 ssl; ssl_protocols TLSv1 TLSv1.2; proxy_pass 127.0.0.1:1; } }\n")]
    [InlineData("mail { server { listen 993 ssl; ssl_protocols SSLv3; } }\n")]
    [InlineData("mail { ssl_protocols SSLv3; server { listen 143; starttls on; } }\n")]
    public void Servers_of_streams_and_mail_are_servers(string top)
    {
        const string Http = "server { listen 443 ssl; ssl_protocols TLSv1.2 TLSv1.3; }";
        Assert.Equal("符合", Judged("NGX-03", Http));
        Assert.Equal("不符合", Judged("NGX-03", Http, top));
    }

    [Theory]
    [InlineData("server { location = /login { proxy_pass http://127.0.0.1:8080; access_log off; } }", "不符合")]
    [InlineData("server { location = /healthz { proxy_pass http://127.0.0.1:8080; access_log off; } }", "符合")]
    [InlineData("server { location /app { access_log off; content_by_lua_block { ngx.say(1) } } }", "不符合")]
    [InlineData("server { location /up { access_log off; dav_methods PUT DELETE; } }", "不符合")]
    [InlineData("server { location /img { access_log off; root /srv; } }", "符合")]
    [InlineData("access_log /dev/./null; server { }", "不符合")]
    [InlineData("log_format a '$remote_addr_anon - $time_local $request'; access_log /var/log/a a; server { }", "不符合")]
    [InlineData("log_format a '$remote_addr $msec $uri_tag'; access_log /var/log/a a; server { }", "不符合")]
    [InlineData("log_format a '${remote_addr}x $msec $uri'; access_log /var/log/a a; server { }", "符合")]
    [InlineData("error_log /var/log/nginx/e.log emerg; server { }", "部分符合")]
    public void Visitors_nobody_writes_down_are_found(string http, string verdict) => Assert.Equal(verdict, Judged("NGX-05", http));

    [Theory]
    [InlineData("server { listen 127.0.0.1:8081; location /x { stub_status; } }", "符合")]
    [InlineData("server { listen [::1]:8081; }", "符合")]
    [InlineData("server { listen 10.0.0.1:8081; }", "不符合")]
    [InlineData("server { listen 80; location /.well-known/acme-challenge/ { root /var/www/acme; } location / { return 301 https://$host$request_uri; } }", "符合")]
    [InlineData("server { listen 80; location ^~ /.well-known/acme-challenge { alias /var/www/acme/; default_type text/plain; } location / { return 301 https://$host$request_uri; } }", "符合")]
    [InlineData("server { listen 80; location /.well-known/acme-challenge/ { proxy_pass http://127.0.0.1:8080; } location / { return 301 https://$host$request_uri; } }", "不符合")]
    [InlineData("server { listen 80; location /.well-known/ { root /srv; } location / { return 301 https://$host$request_uri; } }", "不符合")]
    public void Honest_clear_servers_lose_nothing(string http, string verdict) => Assert.Equal(verdict, Judged("NGX-04", http));
}
