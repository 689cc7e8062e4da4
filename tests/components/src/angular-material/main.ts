import '@angular/compiler';
import '@fontsource/roboto/400.css';
import '@fontsource/roboto/500.css';
import 'material-icons/iconfont/filled.css';
import './styles.scss';

import { bootstrapApplication } from '@angular/platform-browser';

import { App } from './app/app';
import { appConfig } from './app/app.config';

bootstrapApplication(App, appConfig).catch((error) => console.error(error));
