namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Twins of which one is sure, and around the other there is something in the tree that most likely takes the harm from it.</summary>
public sealed class FlowCircumstanceTwinTests
{
    private const string Imports = "import java.io.*; import java.util.*; import javax.servlet.http.*; import org.springframework.web.bind.annotation.*; import org.springframework.web.multipart.MultipartFile; import org.springframework.http.*; ";
    private const string Boot = "<project><dependencies><dependency><groupId>org.springframework.boot</groupId><artifactId>spring-boot-starter-web</artifactId></dependency></dependencies></project>";

    private static List<CodeDefect> Seen(string rule, IEnumerable<(string Path, string Text)> files) => [.. FlowDefectsTests.Analyze([.. files]).Seen.Where(d => d.RuleId == rule)];

    private static List<CodeDefect> Seen(string rule, string members, params (string Path, string Text)[] others) =>
        Seen(rule, [("src/T.java", $"{Imports}\n@RestController class T {{ org.slf4j.Logger log; com.lib.Service service; {members} }}"), .. others]);

    private static void IsSure(IEnumerable<CodeDefect> seen) => Assert.Equal([CodeConfidence.High], seen.Select(d => d.Confidence));

    private static void IsForPeople(IEnumerable<CodeDefect> seen, string says)
    {
        var defect = Assert.Single(seen);
        Assert.Equal((CodeConfidence.Low, true), (defect.Confidence, defect.IsForPeople));
        Assert.Contains(says, defect.Message, StringComparison.Ordinal);
    }

    private static string Get(string body, string parameter = "String p") => $"@GetMapping(\"/a\") void q(HttpServletRequest r, HttpServletResponse w, {parameter}) throws Exception {{ {body} }}";

    [Theory]
    [InlineData("w.setHeader(\"X-A\", p);")]
    [InlineData("HttpHeaders h = new HttpHeaders(); h.add(\"X-A\", p);")]
    public void Servers_refuse_ends_of_lines_in_headers_unless_one_is_told_not_to(string body)
    {
        IsForPeople(Seen("JT-HEADER", Get(body)), "响应头");
        IsSure(Seen("JT-HEADER", Get(body), ("src/S.java", "class S { Object h = new io.netty.handler.codec.http.DefaultHttpHeaders(false); }")));
    }

    [Theory]
    [InlineData("w.getWriter().print(\"<b>\" + r.getParameter(\"c\"));", "w.getWriter().print(\"<b>\" + r.getCookies()[0].getValue());")]
    [InlineData("String s = r.getCookies()[0].getValue(); if (s == null) { s = r.getParameter(\"c\"); } w.getWriter().print(\"<b>\" + s);", "for (Cookie c : r.getCookies()) { w.getWriter().print(\"<b>\" + c.getValue()); }")]
    [InlineData("w.getWriter().print(\"<b>\" + r.getHeader(\"c\"));", "w.getWriter().print(\"<b>\" + org.springframework.web.util.WebUtils.getCookie(r, \"c\").getValue());")]
    public void A_cookie_comes_from_the_browser_that_shows_it(string bad, string doubted)
    {
        IsSure(Seen("JT-XSS", Get(bad)));
        IsForPeople(Seen("JT-XSS", Get(doubted)), "Cookie");
    }

    [Fact]
    public void A_cookie_that_is_a_parameter_is_one_too()
    {
        IsSure(Seen("JT-XSS", Get("w.getWriter().print(\"<b>\" + p);", "@RequestParam String p")));
        IsForPeople(Seen("JT-XSS", Get("w.getWriter().print(\"<b>\" + p);", "@CookieValue String p")), "Cookie");
    }

    [Fact]
    public void A_cookie_is_as_dangerous_as_any_input_to_a_database() => IsSure(Seen("JT-SQL", $"java.sql.Statement s; {Get("s.executeQuery(\"select \" + r.getCookies()[0].getValue());")}"));

    [Theory]
    [InlineData("${param.name}", CodeConfidence.High)]
    [InlineData("${cookie.name.value}", CodeConfidence.Low)]
    public void A_page_that_shows_a_cookie_shows_it_to_its_owner(string expression, CodeConfidence confidence) =>
        Assert.Equal([confidence], Seen("JT-XSS", [("src/main/webapp/a.jsp", $"<p>{expression}</p>"), ("src/T.java", "class T { }")]).Select(d => d.Confidence));

    [Theory]
    [InlineData("src/main/resources/static/a.jsp", "", true)]
    [InlineData("src/main/resources/static/a.jsp", "<dependency><groupId>org.apache.tomcat.embed</groupId><artifactId>tomcat-embed-jasper</artifactId></dependency>", false)]
    [InlineData("src/main/resources/static/a.jsp", "<packaging>war</packaging>", false)]
    [InlineData("src/main/webapp/a.jsp", "", false)]
    public void A_page_without_an_engine_outside_of_what_is_served_runs_nowhere(string path, string build, bool isDoubted)
    {
        var seen = Seen("JT-XSS", [(path, "<p>${param.name}</p>"), ("src/T.java", "class T { }"), ("pom.xml", Boot.Replace("<dependencies>", "<dependencies>" + build, StringComparison.Ordinal))]);
        if (isDoubted)
        {
            IsForPeople(seen, "JSP 引擎");
        }
        else
        {
            IsSure(seen);
        }
    }

    /// <summary>Of a page nobody knows how it is built it is taken that it runs.</summary>
    [Fact]
    public void Without_a_build_every_page_runs() => IsSure(Seen("JT-XSS", [("src/main/resources/static/a.jsp", "<p>${param.name}</p>"), ("src/T.java", "class T { }")]));

    [Theory]
    [InlineData("@GetMapping(\"/a\")", 1)]
    [InlineData("@MessageMapping(\"/a\") @GetMapping(\"/a\")", 1)]
    [InlineData("@MessageMapping(\"/a\")", 0)]
    [InlineData("@MessageMapping(\"/a\") @SendTo(\"/b\")", 0)]
    [InlineData("@SubscribeMapping(\"/a\")", 0)]
    public void The_body_of_a_message_is_no_page(string mapping, int found) => Assert.Equal(
        found,
        Seen("JT-XSS", [("src/T.java", $"{Imports} import org.springframework.messaging.handler.annotation.*; import org.springframework.messaging.simp.annotation.*; @RestController class T {{ {mapping} public String q(String p) {{ return \"<b>\" + p; }} }}")]).Count);

    [Fact]
    public void A_container_encodes_what_it_says_of_an_error()
    {
        IsSure(Seen("JT-XSS", Get("w.getWriter().print(\"<b>\" + p);")));
        Assert.Empty(Seen("JT-XSS", Get("w.sendError(400, \"<b>\" + p);")));
        IsSure(Seen("JT-LEAK", Get("try { service.save(p); } catch (Exception e) { w.sendError(500, e.getMessage()); }")));
    }

    private const string Api = "import org.springframework.web.bind.annotation.*; interface Api { @GetMapping(\"/{p}\") void q(@PathVariable(\"p\") String p) throws Exception; @GetMapping(\"/b\") void s(@RequestParam(\"p\") String p) throws Exception; }";

    [Theory]
    [InlineData("JT-PATH", "new FileInputStream(\"/d/\" + p);")]
    [InlineData("JT-LOG", "log.info(p);")]
    public void A_piece_of_an_address_is_one_where_the_method_is_declared_first(string rule, string body)
    {
        IsSure(Seen(rule, [("src/Api.java", Api), ("src/T.java", $"{Imports} @RestController class T implements Api {{ org.slf4j.Logger log; public void q(String p) throws Exception {{ }} public void s(String p) throws Exception {{ {body} }} }}")]));
        IsForPeople(Seen(rule, [("src/Api.java", Api), ("src/T.java", $"{Imports} @RestController class T implements Api {{ org.slf4j.Logger log; public void s(String p) throws Exception {{ }} public void q(String p) throws Exception {{ {body} }} }}")]), "路径参数");
    }

    [Fact]
    public void Another_method_of_the_name_has_its_own_parameters()
    {
        const string api = "import java.util.*; import org.springframework.web.bind.annotation.*; interface Api { @GetMapping(\"/{p}\") void q(@PathVariable String p) throws Exception; @PostMapping(\"/b\") void q(@RequestBody List<String> all) throws Exception; }";
        IsSure(Seen("JT-PATH", [("src/Api.java", api), ("src/T.java", $"{Imports} @RestController class T implements Api {{ public void q(String p) throws Exception {{ }} public void q(List<String> all) throws Exception {{ new File(\"/d/\" + all.get(0)).delete(); }} }}")]));
    }

    [Theory]
    [InlineData("JWT.require(Algorithm.HMAC256(p)).withClaim(\"a\", p).build().verify(p);", "JWT.require(Algorithm.HMAC256(p)).withClaim(\"a\", p).build().verify(p); service.save(p);")]
    [InlineData("JWT.require(Algorithm.HMAC256(p)).withClaim(\"a\", r.getMethod()).build().verify(p);", "tokens.verify(p);")]
    [InlineData("Jwts.parserBuilder().setSigningKey(p).build().parseClaimsJws(p);", "Tokens.verify(p);")]
    [InlineData("JWTVerifier v = JWT.require(Algorithm.HMAC256(p)).build(); v.verify(p);", "Tokens v = new Tokens(); v.verify(p);")]
    public void What_fails_in_verifying_a_token_tells_nothing_of_the_inside(string doubted, string bad)
    {
        string Code(string body) => $"import com.auth0.jwt.*; import com.auth0.jwt.algorithms.*; import io.jsonwebtoken.*; {Imports} @RestController class T {{ com.lib.Service service; Tokens tokens; @GetMapping(\"/a\") Object q(HttpServletRequest r, String p) {{ try {{ {body} }} catch (Exception e) {{ return e.getMessage(); }} return \"\"; }} }}";
        var tokens = ("src/Tokens.java", "class Tokens { java.sql.Statement s; static void verify(String t) throws Exception { s.executeQuery(\"select 1\"); } }");
        IsSure(Seen("JT-LEAK", [("src/T.java", Code(bad)), tokens]));
        var seen = Assert.Single(Seen("JT-LEAK", [("src/T.java", Code(doubted)), tokens]));
        Assert.Equal((CodeConfidence.Low, true), (seen.Confidence, seen.IsForPeople));
    }

    [Theory]
    [InlineData("<bean id=\"multipartResolver\" class=\"org.springframework.web.multipart.commons.CommonsMultipartResolver\"/>", true)]
    [InlineData("<bean id=\"multipartResolver\" class=\"org.springframework.web.multipart.commons.CommonsMultipartResolver\"><property name=\"preserveFilename\" value=\"true\"/></bean>", false)]
    [InlineData("<bean id=\"multipartResolver\" class=\"org.springframework.web.multipart.support.StandardServletMultipartResolver\"/>", false)]
    [InlineData("<!-- <bean id=\"multipartResolver\" class=\"org.springframework.web.multipart.commons.CommonsMultipartResolver\"/> -->", false)]
    public void A_name_of_an_upload_has_no_folders_behind_a_resolver_that_cuts_them(string bean, bool isDoubted)
    {
        var seen = Seen("JT-PATH", "@PostMapping(\"/a\") void q(MultipartFile f) throws Exception { f.transferTo(new File(\"/d/\" + f.getOriginalFilename())); }", ("src/main/resources/spring.xml", $"<beans>{bean}</beans>"));
        if (isDoubted)
        {
            IsForPeople(seen, "CommonsMultipartResolver");
        }
        else
        {
            IsSure(seen);
        }
    }

    [Fact]
    public void A_part_of_the_servlet_keeps_its_name_behind_such_a_resolver() => IsSure(Seen(
        "JT-PATH",
        Get("r.getPart(\"a\").write(\"/d/\" + r.getPart(\"a\").getSubmittedFileName());"),
        ("src/M.java", "class M { Object m() { return new org.springframework.web.multipart.commons.CommonsMultipartResolver(); } }")));

    private const string Upload = "@PostMapping(\"/a\") void q(MultipartFile f) throws Exception { String n = f.getOriginalFilename(); f.transferTo(new File(\"/d/\" + UUID.randomUUID() + n.substring(n.lastIndexOf(\".\")))); }";

    [Fact]
    public void What_lies_under_a_name_of_the_programs_own_where_nothing_is_served_is_for_people() => IsForPeople(Seen("JT-UPLOAD", Upload, ("pom.xml", Boot)), "存放目录");

    [Theory]
    [InlineData("src/W.java", "class W { void a(org.springframework.web.servlet.config.annotation.ResourceHandlerRegistry g, String d) { g.addResourceHandler(\"/f/**\").addResourceLocations(\"file:\" + d); } }")]
    [InlineData("src/W.java", "class W { String a(javax.servlet.ServletContext c) { return c.getRealPath(\"/up\"); } }")]
    [InlineData("src/main/resources/application.yml", "spring:\n  web:\n    resources:\n      static-locations: file:/d/\n")]
    [InlineData("src/main/resources/application.yml", "upload:\n  file-url: https://img.example/\n")]
    [InlineData("src/main/resources/mvc.xml", "<beans><mvc:resources mapping=\"/f/**\" location=\"file:/d/\"/></beans>")]
    public void What_may_be_served_is_not_doubted(string path, string text) => IsSure(Seen("JT-UPLOAD", Upload, (path, text)));

    [Fact]
    public void A_name_the_client_chooses_is_not_doubted() =>
        IsSure(Seen("JT-UPLOAD", "@PostMapping(\"/a\") void q(MultipartFile f) throws Exception { f.transferTo(new File(\"/d/\" + f.getOriginalFilename())); }"));

    [Theory]
    [InlineData("<pattern>%d %replace(%msg){'[\\r\\n]', '_'}%n</pattern>", true)]
    [InlineData("<encoder class=\"net.logstash.logback.encoder.LogstashEncoder\"/>", true)]
    [InlineData("<PatternLayout pattern=\"%d %enc{%m}{CRLF}%n\"/>", true)]
    [InlineData("<property name=\"P\" value=\"%d %replace(%msg){'[\\r\\n]', '_'}%n\"/><pattern>${P}</pattern>", true)]
    [InlineData("<pattern>${P}</pattern><encoder class=\"net.logstash.logback.encoder.LogstashEncoder\"/>", false)]
    [InlineData("<pattern>%d %msg%n</pattern>", false)]
    [InlineData("<pattern>%d %replace(%msg){'a', 'b'}%n</pattern>", false)]
    [InlineData("<pattern>%d %replace(%msg){'\\r\\n', '_'}%n</pattern>", false)]
    [InlineData("<pattern>%d %replace(%msg){'[\\r\\n]', '_'}%n</pattern><pattern>%d %-5level %m%n</pattern>", false)]
    [InlineData("<include resource=\"org/springframework/boot/logging/logback/base.xml\"/><encoder class=\"net.logstash.logback.encoder.LogstashEncoder\"/>", false)]
    [InlineData("<!-- <pattern>%d %replace(%msg){'[\\r\\n]', '_'}%n</pattern> -->", false)]
    public void Where_every_log_takes_ends_of_lines_out_it_is_for_people(string layout, bool isDoubted)
    {
        var seen = Seen("JT-LOG", Get("log.info(p);"), ("src/main/resources/logback-spring.xml", $"<configuration>{layout}</configuration>"));
        if (isDoubted)
        {
            IsForPeople(seen, "日志配置");
        }
        else
        {
            IsSure(seen);
        }
    }

    [Theory]
    [InlineData("debug", "logging:\n  level:\n    root: info\n", true)]
    [InlineData("debug", "server:\n  port: 80\n", true)]
    [InlineData("info", "logging:\n  level:\n    root: info\n", false)]
    [InlineData("debug", "logging:\n  level:\n    com.a: DEBUG\n", false)]
    [InlineData("debug", "debug: true\n", false)]
    [InlineData("trace", "logging:\n  level:\n    com.a: ${LEVEL:debug}\n", false)]
    public void A_level_nobody_switches_on_is_for_people(string level, string settings, bool isDoubted)
    {
        var seen = Seen("JT-LOG", Get($"log.{level}(p);"), ("src/main/resources/application.yml", settings), ("pom.xml", Boot));
        if (isDoubted)
        {
            IsForPeople(seen, "级别");
        }
        else
        {
            IsSure(seen);
        }
    }

    /// <summary>Other libraries write everything where nobody says a level.</summary>
    [Fact]
    public void Without_a_level_of_the_tree_every_line_is_written() => IsSure(Seen("JT-LOG", Get("log.debug(p);")));

    [Theory]
    [InlineData("if (!check.isAdmin()) { throw new IllegalStateException(); }", CodeConfidence.Low)]
    [InlineData("if (!SecurityUtils.getSubject().hasRole(\"admin\")) { throw new IllegalStateException(); }", CodeConfidence.Low)]
    [InlineData("if (!check.isOpen()) { throw new IllegalStateException(); }", CodeConfidence.High)]
    public void A_right_that_is_asked_for_first_is_for_people(string asks, CodeConfidence confidence)
    {
        var seen = Seen("JT-BIND", [("src/T.java", $"{Imports} import javax.persistence.*; @Entity class User {{ String name; String role; }} @RestController class T {{ org.springframework.data.jpa.repository.JpaRepository<User, Long> repo; com.lib.Check check; @PostMapping(\"/a\") void q(@RequestBody User u) {{ {asks} repo.save(u); }} }}")]);
        Assert.Equal([(confidence, confidence == CodeConfidence.Low)], seen.Select(d => (d.Confidence, d.IsForPeople)));
    }

    [Theory]
    [InlineData("@ConditionalOnProperty(value = \"a.ssl.check-mode\", havingValue = \"none\")", "", true)]
    [InlineData("@ConditionalOnProperty(value = \"a.ssl.check-mode\", havingValue = \"none\")", "a:\n  ssl:\n#    check-mode: none\n", true)]
    [InlineData("@ConditionalOnProperty(value = \"a.ssl.check-mode\", havingValue = \"none\")", "a:\n  ssl:\n    check-mode: full\n", true)]
    [InlineData("@ConditionalOnProperty(value = \"a.ssl.check-mode\", havingValue = \"none\")", "a:\n  ssl:\n    checkMode: none\n", false)]
    [InlineData("@ConditionalOnProperty(value = \"a.ssl.check-mode\", havingValue = \"none\")", "a:\n  ssl:\n    check-mode: ${MODE:full}\n", false)]
    [InlineData("@ConditionalOnProperty(value = \"a.ssl.check-mode\", havingValue = \"none\", matchIfMissing = true)", "", false)]
    [InlineData("@ConditionalOnProperty(Keys.MODE)", "", false)]
    [InlineData("@ConditionalOnClass(name = \"a.B\")", "", false)]
    public void What_only_runs_behind_a_switch_that_is_off_is_for_people(string condition, string settings, bool isDoubted)
    {
        var seen = Assert.Single(Seen("JT-TLS", [("src/T.java", $"import javax.net.ssl.*; class T {{ {condition} @Bean Object b(HttpsURLConnection c) {{ c.setHostnameVerifier((h, s) -> true); return c; }} }}"), ("src/main/resources/application.yml", settings)]));
        Assert.Equal(isDoubted ? (CodeConfidence.Low, true) : (CodeConfidence.Medium, false), (seen.Confidence, seen.IsForPeople));
    }

    /// <summary>A place that is sure speaks for one that is not.</summary>
    [Fact]
    public void Beside_a_place_behind_a_switch_the_other_one_counts()
    {
        var seen = Assert.Single(Seen("JT-TLS", [("src/T.java", "import javax.net.ssl.*; class T {\n @ConditionalOnProperty(\"a.b\") void a(HttpsURLConnection c) { c.setHostnameVerifier((h, s) -> true); }\n void b(HttpsURLConnection c) { c.setHostnameVerifier((h, s) -> true); } }")]));
        Assert.Equal((CodeConfidence.Medium, 3), (seen.Confidence, seen.Line));
    }
}
