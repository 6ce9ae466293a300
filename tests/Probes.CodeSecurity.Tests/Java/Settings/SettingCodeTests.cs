namespace SmartCity.SecurityCheck.Probes.CodeSecurity.Tests;

/// <summary>Forms of configuration code, each with a twin that is right.</summary>
public sealed class SettingCodeTests
{
    private const string Security = "import org.springframework.security.config.annotation.web.builders.*; import org.springframework.security.config.annotation.web.configurers.*; ";
    private const string Cors = "import org.springframework.web.cors.*; import java.util.*; ";
    private const string Web = "import javax.servlet.http.*; ";
    private const string Shiro = "import org.apache.shiro.spring.web.*; import java.util.*; ";
    private const string Druid = "import com.alibaba.druid.support.http.StatViewServlet; import org.springframework.boot.web.servlet.*; import java.util.*; ";

    [Theory]
    [InlineData("JS-CSRF-01", "CsrfConfigurer<HttpSecurity> c = http.csrf(); c.disable();", "CsrfConfigurer<HttpSecurity> c = http.csrf(); c.ignoringAntMatchers(\"/a\"); http.httpBasic().disable();")]
    [InlineData("JS-CSRF-01", "http.cors().and().csrf().disable().formLogin();", "http.csrf().and().formLogin().disable();")]
    [InlineData("JS-CSRF-01", "http.csrf((csrf) -> csrf.disable());", "http.csrf((csrf) -> csrf.csrfTokenRepository(r)).anonymous(a -> a.disable());")]
    [InlineData("JS-CSRF-01", "http.csrf(CsrfConfigurer::disable);", "http.formLogin(AbstractHttpConfigurer::disable);")]
    [InlineData("JS-CSRF-01", "http.csrf(new Customizer<CsrfConfigurer<HttpSecurity>>() { public void customize(CsrfConfigurer<HttpSecurity> c) { http.csrf().disable(); } });", "http.csrf(Customizer.withDefaults());")]
    [InlineData("JS-SEC-01", "http.authorizeRequests(r -> { r.antMatchers(\"/a\").hasRole(\"A\"); r.anyRequest().permitAll(); });", "http.authorizeRequests(r -> { r.antMatchers(\"/a\").permitAll(); r.anyRequest().authenticated(); });")]
    [InlineData("JS-SEC-01", "ExpressionInterceptUrlRegistry r = http.authorizeRequests(); r.antMatchers(\"/**\").permitAll();", "ExpressionInterceptUrlRegistry r = http.authorizeRequests(); r.antMatchers(\"/login/**\").permitAll();")]
    [InlineData("JS-SEC-01", "http.authorizeHttpRequests(a -> a.requestMatchers(B.ROOT + \"**\").permitAll());", "http.authorizeHttpRequests(a -> a.requestMatchers(B.ROOT + \"css/**\").permitAll());")]
    [InlineData("JS-SEC-01", "String[] open = { \"/css/**\", \"/**\" }; http.authorizeHttpRequests(a -> a.requestMatchers(open).permitAll());", "String[] open = { \"/css/**\" }; http.authorizeHttpRequests(a -> a.requestMatchers(open).permitAll());")]
    [InlineData("JS-ACT-11", "http.authorizeRequests().antMatchers(\"/actuator/**\").anonymous();", "http.authorizeRequests().antMatchers(\"/actuator/**\").hasRole(\"OPS\");")]
    [InlineData("JS-SEC-04", "http.headers(h -> h.frameOptions(HeadersConfigurer.FrameOptionsConfig::disable));", "http.headers(h -> h.frameOptions(HeadersConfigurer.FrameOptionsConfig::sameOrigin).xssProtection(x -> x.disable()));")]
    public void Of_Spring_Security(string id, string bad, string good) => Twins(id, Security, bad, good);

    [Theory]
    [InlineData("JS-CORS-11", "CorsConfiguration c = new CorsConfiguration(); c.setAllowedOrigins(Collections.singletonList(CorsConfiguration.ALL)); c.setAllowCredentials(true);", "CorsConfiguration a = new CorsConfiguration(), b = new CorsConfiguration(); a.addAllowedOrigin(\"*\"); b.setAllowCredentials(true);")]
    [InlineData("JS-CORS-11", "CorsConfiguration c = new CorsConfiguration(); List<String> all = List.of(B.STAR); c.setAllowedOriginPatterns(all); c.setAllowCredentials(B.YES);", "CorsConfiguration c = new CorsConfiguration(); c.setAllowedOriginPatterns(origins); c.setAllowCredentials(true); c.setAllowedHeaders(List.of(\"*\"));")]
    public void Of_origins(string id, string bad, string good) => Twins(id, Cors, bad, good);

    [Theory]
    [InlineData("JS-CORS-13", "p.setHeader(\"Access-Control-Allow-Origin\", r.getHeader(\"Origin\")); p.setHeader(\"Access-Control-Allow-Credentials\", \"true\");", "p.setHeader(\"Access-Control-Allow-Origin\", r.getHeader(\"Origin\"));")]
    [InlineData("JS-CORS-13", "String o = r.getHeader(B.ORIGIN); if (o == null) { o = null; } String n = \"Access-Control-Allow-Origin\"; String v = r.getHeader(\"origin\"); p.addHeader(n, v); p.addHeader(\"Access-Control-Allow-Credentials\", \"true\");", "String v = r.getHeader(\"Origin\"); if (sites.isAllowed(v)) { p.addHeader(\"Access-Control-Allow-Origin\", v); p.addHeader(\"Access-Control-Allow-Credentials\", \"true\"); }")]
    public void Of_headers(string id, string bad, string good) => Twins(id, Web, bad, good);

    [Theory]
    [InlineData("JS-SHIRO-12", "Map<String, String> m = new LinkedHashMap<>(); m.put(B.ROOT + \"**\", \"anon\");", "Map<String, String> m = new LinkedHashMap<>(); m.put(\"/static/**\", \"anon\"); m.put(\"/**\", \"user,kickout\");")]
    [InlineData("JS-SHIRO-11", "m.setCipherKey(org.apache.shiro.codec.Base64.decode(\"4AvVhmFLUs0KTA3Kprsdag==\"));", "m.setCipherKey(keys.random());")]
    public void Of_Shiro(string id, string bad, string good) => Twins(id, Shiro, bad, good);

    [Theory]
    [InlineData("JS-DRUID-11", "ServletRegistrationBean b = new ServletRegistrationBean(); b.setServlet(new StatViewServlet()); b.addUrlMappings(\"/druid/*\");", "Map<String, String> i = new HashMap<>(); i.put(\"loginUsername\", user); i.put(\"loginPassword\", word); ServletRegistrationBean b = new ServletRegistrationBean(new StatViewServlet(), \"/druid/*\"); b.setInitParameters(i);")]
    [InlineData("JS-DRUID-12", "Map<String, String> i = new HashMap<>(); i.put(StatViewServlet.PARAM_NAME_PASSWORD, \"admin\");", "Map<String, String> i = new HashMap<>(); i.put(StatViewServlet.PARAM_NAME_PASSWORD, word);")]
    public void Of_Druid(string id, string bad, string good) => Twins(id, Druid, bad, good);

    [Fact]
    public void The_code_is_told_at_the_first_call_of_what_is_meant()
    {
        const string text = "import org.springframework.security.config.annotation.web.builders.*;\nclass A {\n  void c(HttpSecurity http) throws Exception {\n    http\n      .csrf()\n      .disable();\n  }\n}\n";
        var defect = Assert.Single(SettingCase.Run(("A.java", text)).Defects);
        Assert.Equal(("JS-CSRF-01", 5, ".csrf()", SettingDefects.Engine), (defect.RuleId, defect.Line, defect.Code, defect.Engine));
        Assert.Equal(defect.Fingerprint, Assert.Single(SettingCase.Run(("A.java", "\n" + text)).Defects).Fingerprint);
    }

    private static void Twins(string id, string imports, string bad, string good)
    {
        string Program(string body) => $"{imports} class A {{ void c(HttpSecurity http, HttpServletRequest r, HttpServletResponse p, String user, String word) throws Exception {{ {body} }} }}";
        const string other = "class B { static final String ROOT = \"/\"; static final String STAR = \"*\"; static final boolean YES = true; static final String ORIGIN = \"Origin\"; }";
        Assert.Contains(id, SettingCase.Ids(("A.java", Program(bad)), ("B.java", other)));
        Assert.DoesNotContain(id, SettingCase.Ids(("A.java", Program(good)), ("B.java", other)));
    }
}
